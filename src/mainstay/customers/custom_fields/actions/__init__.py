"""Everything that changes which custom fields there are, and what stands in them."""

from .converting import Preview, convert, possible, preview
from .fields import RIGHT, add_field, archive_field, change_field, move_field, restore_field
from .writing import Changes, apart, save, write

__all__ = [
    "RIGHT",
    "Changes",
    "Preview",
    "add_field",
    "apart",
    "archive_field",
    "change_field",
    "convert",
    "move_field",
    "possible",
    "preview",
    "restore_field",
    "save",
    "write",
]
