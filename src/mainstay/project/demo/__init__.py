"""A believable company to try Mainstay on: drawn from a seed, the same every time."""
