"""What the API does with searches for duplicates, and what it is sent."""

OPERATIONS = [
    ("get", "/duplicates/scans", "customers:read"),
    ("post", "/duplicates/scans", "customers:write"),
    ("get", "/duplicates/scans/1", "customers:read"),
    ("get", "/duplicates/thresholds", "customers:read"),
    ("put", "/duplicates/thresholds", "customers:write"),
]
BODIES = {
    "/duplicates/scans": {},
    "/duplicates/thresholds": {
        "ask_from": 0.5,
        "merge_from": 0.99,
        "merges_by_rule": False,
        "after_imports": True,
    },
}
