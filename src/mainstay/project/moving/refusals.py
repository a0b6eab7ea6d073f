"""Why nothing is exported or imported."""


class Refused(Exception):
    """Nothing was written; the text is the sentence for the user."""
