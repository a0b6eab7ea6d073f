"""What an assistant may ask and do: tools of the Model Context Protocol, as a user with a token."""
