"""Who may open the pages of conversations, tasks and preferences."""

from tests.people.access_needs import PUBLIC, TOKEN, Needed

TALKS: dict[str, Needed] = {
    "talks:list": ("customers.view", "interactions.edit"),
    "talks:for_you": "customers.view",
    "talks:add": "interactions.edit",
    "talks:who": "customers.view",
    "talks:of_contact": "customers.view",
    "talks:page": "customers.view",
    "talks:edit": "interactions.edit",
    "talks:archive": "interactions.edit",
    "talks:restore": "interactions.edit",
    "talks:settle": "interactions.edit",
    "talks:reopen": "interactions.edit",
    "talks:attach": ("customers.view", "interactions.edit"),
    "talks:file": "customers.view",
    "talks:remove_file": "interactions.edit",
}

MAIL: dict[str, Needed] = {
    "mail:index": "interactions.edit",
    "mail:new": "interactions.edit",
    "mail:rules": "people.admin",
    "mail:detail": "interactions.edit",
    "mail:again": "interactions.edit",
    "mail:cancel": "interactions.edit",
    "mail:delete": "interactions.edit",
    "mail:skipped": "interactions.edit",
    "mail:unknown": "interactions.edit",
    **dict.fromkeys(
        ("mail:add_box", "mail:box", "mail:try_box", "mail:read_box", "mail:pause_box"),
        "people.admin",
    ),
    "mail:remove_box": "people.admin",
}

TASKS: dict[str, Needed] = {
    "todo:mine": "customers.view",
    "todo:add": "interactions.edit",
    "todo:feed": "customers.view",
    "todo:calendar": PUBLIC,
    "todo:task": ("customers.view", "interactions.edit"),
    "todo:finish": "interactions.edit",
    "todo:reopen": "interactions.edit",
    "todo:cancel": "interactions.edit",
}

PREFERENCES: dict[str, Needed] = {
    "preferences:topics": "customers.edit",
    "preferences:customer": ("customers.view", "interactions.edit"),
    "preferences:contact": ("customers.view", "interactions.edit"),
    "preferences:revoke": "interactions.edit",
    "preferences:say": PUBLIC,
}

TALKS_API: dict[str, Needed] = dict.fromkeys(
    (
        "api:list_interactions",
        "api:add_interaction",
        "api:record_interactions",
        "api:get_interaction",
        "api:change_interaction",
        "api:list_files",
        "api:add_files",
        "api:get_file",
        "api:remove_file",
        "api:list_topics",
        "api:set_topics",
        "api:list_mail_readings",
        "api:read_mail",
        "api:get_mail_reading",
        "api:list_skipped_mail",
        "api:list_tasks",
        "api:add_task",
        "api:get_task",
        "api:change_task",
        "api:get_customer_preferences",
        "api:note_customer_preferences",
        "api:get_contact_preferences",
        "api:note_contact_preferences",
    ),
    TOKEN,
)
