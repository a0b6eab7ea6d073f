"""What orders give to the rules of segments."""


def publish() -> None:
    """Register the fields of orders."""
    from . import fields

    fields.publish()
