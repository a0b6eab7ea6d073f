"""Read a stranger's file: find out what it is, then get its rows, in a limited child process.

>>> layout = files.inspect(path).layout          # doctest: +SKIP
>>> for batch in files.stream(path, layout): ... # doctest: +SKIP
"""

from mainstay.engine.files.child import Limits, inspect, look, stream
from mainstay.engine.files.layout import Format, Inspection, Layout
from mainstay.engine.files.unreadable import Unreadable

__all__ = ["Format", "Inspection", "Layout", "Limits", "Unreadable", "inspect", "look", "stream"]
