"""What opens an address, other than a capability."""

PUBLIC = "nobody needs to be signed in"
SIGNED_IN = "everybody who is signed in"
TOKEN = "only an API token"
HIDDEN = "not found for whoever may not"

Needed = str | tuple[str, str]
