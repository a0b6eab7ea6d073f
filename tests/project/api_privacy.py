"""The operations about personal data and exports: their scopes and the least each takes."""

OPERATIONS = [
    ("post", "/exports", "everything:export"),
    ("get", "/exports/1", "everything:export"),
    ("get", "/exports/1/file", "everything:export"),
    ("get", "/privacy/purposes", "customers:read"),
    ("get", "/privacy/people/1/consents", "customers:read"),
    ("post", "/privacy/people/1/consents", "customers:write"),
    ("get", "/privacy/cases", "customers:read"),
    ("post", "/privacy/people/1/cases", "customers:write"),
    ("get", "/privacy/cases/1", "customers:read"),
    ("post", "/privacy/cases/1/identity", "customers:write"),
    ("post", "/privacy/cases/1/start", "customers:write"),
    ("get", "/privacy/cases/1/data", "customers:read"),
]
BODIES = {
    "/privacy/people/1/consents": {"purpose_id": 1},
    "/privacy/people/1/cases": {"kind": "access", "received_on": "2026-01-01"},
    "/privacy/cases/1/identity": {"identity_by": "A"},
}
