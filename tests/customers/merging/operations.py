"""What the API does with merges, and what it is sent."""

OPERATIONS = [
    ("get", "/merges", "customers:read"),
    ("post", "/merges", "customers:write"),
    ("get", "/merges/1", "customers:read"),
    ("get", "/merges/1/conflicts", "customers:read"),
    ("post", "/merges/1/undo", "customers:write"),
    ("get", "/merges/pairs", "customers:read"),
    ("post", "/merges/pairs/1", "customers:write"),
]
BODIES = {
    "/merges": {"survivor_id": 1, "merged_ids": [2]},
    "/merges/1/undo": {},
    "/merges/pairs/1": {"state": "distinct"},
}
