"""The operations of key accounts, and bodies that they read."""

OPERATIONS = [
    ("get", "/key-accounts/1/certainty", "customers:read"),
    ("post", "/key-accounts/1/certainty", "customers:write"),
    ("get", "/key-accounts/1/actions", "customers:read"),
    ("post", "/key-accounts/1/actions", "customers:write"),
    ("post", "/key-accounts/1/actions/lines", "customers:write"),
    ("get", "/key-accounts/1/team", "customers:read"),
    ("get", "/key-accounts/1/plan", "customers:read"),
    ("get", "/key-accounts/board", "customers:read"),
    ("get", "/key-accounts/1/reviews", "customers:read"),
    ("post", "/key-accounts/1/reviews", "customers:write"),
    ("get", "/key-accounts/1/reviews/1", "customers:read"),
    ("patch", "/key-accounts/1/reviews/1", "customers:write"),
    ("post", "/key-accounts/1/reviews/1/decisions", "customers:write"),
    ("get", "/key-accounts/1/works", "customers:read"),
    ("post", "/key-accounts/1/works", "customers:write"),
    ("post", "/key-accounts/1/works/1/stages", "customers:write"),
    ("get", "/key-accounts/1/works/1/feedback", "customers:read"),
    ("get", "/key-accounts/1/portal/invitations", "customers:read"),
    ("post", "/key-accounts/1/portal/invitations", "customers:write"),
    ("post", "/key-accounts/1/portal/invitations/1/withdraw", "customers:write"),
]
BODIES = {
    "/key-accounts/1/certainty": {"service": "A", "kind": "need", "evidence": "A"},
    "/key-accounts/1/actions": {"title": "A"},
    "/key-accounts/1/reviews": {"held_on": "2026-02-01", "place": "A", "others": ["A"]},
    "/key-accounts/1/reviews/1": {"minutes": "A"},
    "/key-accounts/1/reviews/1/decisions": {
        "title": "A",
        "assignee": "olga@example.com",
        "due_date": "2026-03-01",
    },
    "/key-accounts/1/works": {"title": "A"},
    "/key-accounts/1/works/1/stages": {"title": "A"},
    "/key-accounts/1/portal/invitations": {"contact_id": 1},
    "/key-accounts/1/actions/lines": {"person": "A", "goals": "A"},
}
