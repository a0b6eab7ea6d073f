"""`mainstay analyse`: from a file of orders to a valued customer base, without the site."""
