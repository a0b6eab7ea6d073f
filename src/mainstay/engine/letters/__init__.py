"""Read strangers' e-mails, from .eml and .mbox files, in a limited child process.

>>> for found in letters.read([path]): ...      # doctest: +SKIP
"""

from mainstay.engine.letters.child import read
from mainstay.engine.letters.letter import Address, File, Found, Letter

__all__ = ["Address", "File", "Found", "Letter", "read"]
