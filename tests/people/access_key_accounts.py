"""Who may open the pages of key accounts."""

from tests.people.access_needs import Needed

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
}
