"""Import of files that a non-programmer trusts: look, map, check, import, undo nothing by
accident."""
