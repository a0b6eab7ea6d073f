"""Changes made to many customers at once, and undoing one of them as a whole.

Policy: what somebody edited after the change is kept and named; nothing that was not part of the
change is touched.
"""
