"""Sending what waits."""


def wake() -> None:
    """Have a worker send what waits, unless one is about to."""
