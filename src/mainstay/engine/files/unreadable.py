"""The one error of this folder: a sentence for the person who chose the file."""

from collections.abc import Mapping


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation: whoever shows it translates `message`, fills in `values`."""
    return text


class Unreadable(Exception):
    """The file cannot be read; the text says why and what to do."""

    def __init__(self, message: str, values: Mapping[str, str | int] | None = None) -> None:
        """Keep the sentence and its values apart, so that the sentence can be translated."""
        self.message = message
        self.values = dict(values or {})
        super().__init__(message % self.values if self.values else message)
