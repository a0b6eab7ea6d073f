"""Farewell to unpromising customers by rules, and effort moved to where it is worth it."""
