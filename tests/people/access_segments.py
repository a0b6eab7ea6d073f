"""Who may open the addresses of segments."""

from tests.people.access_needs import TOKEN, Needed

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
    "farewell:resources": "money.view",
    "farewell:worklist": "money.view",
    "farewell:proposal": "money.view",
    "farewell:customer": ("money.view", "customers.edit"),
    "farewell:new_rule": "segments.admin",
    "farewell:rule": "segments.admin",
    "api:list_segments": TOKEN,
    "api:list_fields": TOKEN,
    "api:preview_segment": TOKEN,
    "api:add_segment": TOKEN,
    "api:get_segment": TOKEN,
    "api:change_segment": TOKEN,
    "api:archive_segment": TOKEN,
    "api:list_members": TOKEN,
    "api:change_members": TOKEN,
    "api:get_history": TOKEN,
}
