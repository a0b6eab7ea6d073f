"""The operations of conversations, tasks and preferences, and bodies that they read."""

OPERATIONS = [
    ("get", "/interactions", "customers:read"),
    ("post", "/interactions", "customers:write"),
    ("post", "/interactions/batch", "customers:write"),
    ("get", "/interactions/1", "customers:read"),
    ("patch", "/interactions/1", "customers:write"),
    ("get", "/interactions/1/files", "customers:read"),
    ("post", "/interactions/1/files", "customers:write"),
    ("get", "/interactions/1/files/1", "customers:read"),
    ("delete", "/interactions/1/files/1", "customers:write"),
    ("get", "/mail", "customers:read"),
    ("post", "/mail", "customers:write"),
    ("get", "/mail/1", "customers:read"),
    ("get", "/mail/1/skipped", "customers:read"),
    ("get", "/tasks", "customers:read"),
    ("post", "/tasks", "customers:write"),
    ("get", "/tasks/1", "customers:read"),
    ("patch", "/tasks/1", "customers:write"),
    ("get", "/preferences/topics", "customers:read"),
    ("put", "/preferences/topics", "customers:write"),
    ("get", "/preferences/customers/1", "customers:read"),
    ("put", "/preferences/customers/1", "customers:write"),
    ("get", "/preferences/contacts/1", "customers:read"),
    ("put", "/preferences/contacts/1", "customers:write"),
]
BODIES = {
    "/interactions": {"customer_id": 1, "channel": "call", "subject": "A"},
    "/interactions/batch": {"source": "s", "interactions": [{"external_id": "1"}]},
    "/mail": {"name": "a.eml", "content": "RnJvbTogYQ=="},
    "/preferences/topics": {"names": ["A"]},
    "/tasks": {"title": "A"},
}
