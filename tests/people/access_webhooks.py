"""Who may open the addresses of webhooks."""

from tests.people.access_needs import TOKEN, Needed

WEBHOOKS: dict[str, Needed] = {
    f"webhooks:{name}": "api.use"
    for name in (
        "index",
        "add",
        "endpoint",
        "edit",
        "secret",
        "test",
        "pause",
        "resume",
        "remove",
        "replay_range",
        "delivery",
        "replay",
    )
}

WEBHOOKS |= dict.fromkeys(
    (
        "api:list_events",
        "api:list_webhooks",
        "api:add_webhook",
        "api:get_webhook",
        "api:change_webhook",
        "api:remove_webhook",
        "api:change_webhook_secret",
        "api:end_previous_secret",
        "api:try_webhook",
        "api:replay_webhook",
        "api:list_deliveries",
        "api:get_delivery",
        "api:replay_delivery",
    ),
    TOKEN,
)
