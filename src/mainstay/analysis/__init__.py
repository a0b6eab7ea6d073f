"""Pure analysis: Ibis expressions and NumPy models; no Django, clock, files or connections."""
