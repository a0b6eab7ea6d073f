"""The operations of segments and of farewell, and bodies that they read."""

SEGMENTS = [
    ("get", "/segments", "customers:read"),
    ("get", "/segments/fields", "customers:read"),
    ("post", "/segments/preview", "customers:read"),
    ("post", "/segments", "customers:write"),
    ("get", "/segments/1", "customers:read"),
    ("patch", "/segments/1", "customers:write"),
    ("delete", "/segments/1", "customers:write"),
    ("get", "/segments/1/members", "customers:read"),
    ("post", "/segments/1/members", "customers:write"),
    ("get", "/segments/1/history", "customers:read"),
    ("get", "/farewell", "value:read"),
    ("get", "/farewell/customers/1", "value:read"),
    ("put", "/farewell/customers/1/decision", "customers:write"),
    ("get", "/farewell/effort", "value:read"),
]
SEGMENT_BODIES = {
    "/segments/preview": {"match": "all", "rules": [{"field": "customer.city", "op": "empty"}]},
    "/segments": {"name": "A", "kind": "static"},
    "/segments/1": {"name": "A"},
    "/segments/1/members": {"add": [1]},
    "/farewell/customers/1/decision": {"decision": "keep", "reason": "A"},
}
