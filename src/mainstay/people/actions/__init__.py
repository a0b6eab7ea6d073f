"""What can be done with users, teams and the company."""

from .company import change_company, follow_settings, keep_currency_while
from .field_rules import RulesChanged, set_field_rules
from .reaches import follow_shares, set_role_reach
from .saved_views import keep_view, remove_view
from .sign_in import (
    note_account_change,
    note_failed_sign_in,
    note_sign_in,
    prefer,
    set_password,
)
from .teams import add_team, remove_team, rename_team
from .tokens import create_token, note_token_use, revoke_token
from .users import (
    activate,
    add_user,
    change_profile,
    change_user,
    deactivate,
    invite,
    join,
    make_link,
    revoke_links,
)

__all__ = [
    "RulesChanged",
    "activate",
    "add_team",
    "add_user",
    "change_company",
    "change_profile",
    "change_user",
    "create_token",
    "deactivate",
    "follow_settings",
    "follow_shares",
    "invite",
    "join",
    "keep_currency_while",
    "keep_view",
    "make_link",
    "note_account_change",
    "note_failed_sign_in",
    "note_sign_in",
    "note_token_use",
    "prefer",
    "remove_team",
    "remove_view",
    "rename_team",
    "revoke_links",
    "revoke_token",
    "set_field_rules",
    "set_password",
    "set_role_reach",
]
