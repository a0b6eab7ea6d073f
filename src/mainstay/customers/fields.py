"""What higher capabilities add to the customers list: `publish` in their `apps.ready()`."""

from mainstay.shared.lists import Publication

_publications: dict[str, Publication] = {}


def publish(publication: Publication) -> None:
    """Add columns, sorts and filters of the publisher's rows to the customers list."""
    _publications[publication.key] = publication


def published() -> tuple[Publication, ...]:
    return tuple(_publications.values())
