"""Merging records that are one and the same, as an event that can be undone.

Policy: nothing is deleted by a merge. The record that goes stays behind as a tombstone that leads
to the survivor, with what did not fit there; undoing brings everything back and names what was
edited in between.
"""
