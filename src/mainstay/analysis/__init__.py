"""Pure analysis: Ibis expressions and NumPy models; no Django, no clock, no files, no connections."""
