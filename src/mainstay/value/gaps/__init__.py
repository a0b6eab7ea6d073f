"""Gaps and shares of wallet: what customers buy of a product market, and how much of it from us."""
