"""The operations of key accounts, and bodies that they read."""

OPERATIONS = [
    ("get", "/key-accounts/1/certainty", "customers:read"),
    ("post", "/key-accounts/1/certainty", "customers:write"),
    ("get", "/key-accounts/1/actions", "customers:read"),
    ("post", "/key-accounts/1/actions", "customers:write"),
    ("post", "/key-accounts/1/actions/lines", "customers:write"),
    ("get", "/key-accounts/1/team", "customers:read"),
    ("get", "/key-accounts/1/plan", "customers:read"),
]
BODIES = {
    "/key-accounts/1/certainty": {"service": "A", "kind": "need", "evidence": "A"},
    "/key-accounts/1/actions": {"title": "A"},
    "/key-accounts/1/actions/lines": {"person": "A", "goals": "A"},
}
