"""How a customer or contact wants to be talked to, as they told us."""
