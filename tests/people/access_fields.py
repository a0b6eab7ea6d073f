"""Who may open the pages of a company's own fields."""

from tests.people.access_needs import Needed

CUSTOM_FIELDS: dict[str, Needed] = {
    "custom_fields:index": "people.admin",
    "custom_fields:types": "people.admin",
    "custom_fields:add": "people.admin",
    "custom_fields:edit": "people.admin",
    "custom_fields:archive": "people.admin",
    "custom_fields:move": "people.admin",
    "custom_fields:convert": "people.admin",
}

LIFECYCLE: dict[str, Needed] = {
    "lifecycle:funnel": "customers.view",
    "lifecycle:compute": "value.run",
    "lifecycle:thresholds": "people.admin",
    "lifecycle:customer": ("customers.view", "customers.edit"),
    "lifecycle:free": "customers.edit",
}
