"""Mainstay: who your customers are, what each is worth, what to do next, and whether it worked."""

__version__ = "0.1.0"
