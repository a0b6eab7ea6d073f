"""Who may open the addresses of segments."""

from tests.people.access_needs import Needed

SEGMENTS: dict[str, Needed] = {
    "segments:index": "customers.view",
    "segments:segment": "customers.view",
    "segments:new": "segments.edit",
    "segments:edit": "segments.edit",
    "segments:build": "segments.edit",
    "segments:count": "segments.edit",
    "segments:fix": "segments.edit",
    "segments:paste": "segments.edit",
    "segments:archive": "segments.edit",
}
