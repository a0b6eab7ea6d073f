"""Who may open the pages of key accounts."""

from tests.people.access_needs import TOKEN, Needed

KEY_ACCOUNTS: dict[str, Needed] = {
    "accounts:index": "accounts.view",
    "accounts:add_selection": "accounts.edit",
    "accounts:selection": ("accounts.view", "accounts.edit"),
    "accounts:candidates": ("accounts.view", "accounts.edit"),
    "accounts:ratings": ("accounts.view", "accounts.edit"),
    "accounts:ranking": "accounts.view",
    "accounts:judgements": ("accounts.view", "accounts.edit"),
    "accounts:keep_placing": "accounts.edit",
    "accounts:choose_accounts": "accounts.edit",
    "accounts:account": "accounts.view",
    "accounts:archive_selection": "accounts.edit",
    "accounts:certainty": ("accounts.view", "accounts.edit"),
    "accounts:actions": ("accounts.view", "accounts.edit"),
    "accounts:team": ("accounts.view", "accounts.edit"),
    "accounts:skills": ("accounts.view", "accounts.edit"),
    "accounts:library": ("accounts.view", "accounts.edit"),
    "accounts:plan": ("accounts.view", "accounts.edit"),
    "accounts:plan_length": "accounts.view",
    "accounts:plan_pdf": "accounts.view",
    "accounts:plan_version": ("accounts.view", "accounts.edit"),
    "accounts:plan_version_pdf": "accounts.view",
} | dict.fromkeys(
    (
        "api:list_certainty",
        "api:judge_certainty",
        "api:list_account_actions",
        "api:plan_account_action",
        "api:add_account_person",
        "api:list_account_team",
        "api:get_account_plan",
    ),
    TOKEN,
)
