"""Everything that changes which custom fields there are, and what stands in them."""

from .converting import Preview, convert, possible, preview
from .fields import RIGHT, add_field, archive_field, change_field, move_field, restore_field
from .writing import Changes, apart, different, holders, replace, save, unique_text, write

__all__ = [
    "RIGHT",
    "Changes",
    "Preview",
    "add_field",
    "apart",
    "archive_field",
    "change_field",
    "convert",
    "different",
    "holders",
    "move_field",
    "possible",
    "preview",
    "replace",
    "restore_field",
    "save",
    "unique_text",
    "write",
]
