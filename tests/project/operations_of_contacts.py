"""The operations of the API on contacts, and what they take."""

from typing import Any

OPERATIONS = [
    ("get", "/contacts", "customers:read"),
    ("post", "/contacts", "customers:write"),
    ("post", "/contacts/batch", "customers:write"),
    ("get", "/contacts/1", "customers:read"),
    ("patch", "/contacts/1", "customers:write"),
    ("post", "/contacts/1/places", "customers:write"),
    ("patch", "/contacts/1/places/1", "customers:write"),
]
BODIES: dict[str, Any] = {
    "/contacts": {"name": "A"},
    "/contacts/batch": {"source": "s", "contacts": [{"external_id": "1"}]},
    "/contacts/1/places": {"customer_id": 1},
}
