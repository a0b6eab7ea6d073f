"""What every page of a key account shows, and its overview."""

from datetime import datetime
from typing import Any

from mainstay.account_plans import tabs
from mainstay.customers import cards

from .queries import Account


def page(account: Account, *, tab: str) -> dict[str, Any]:
    """Return what every tab shows; the tab adds its own."""
    return {
        "account": account,
        "customer": account.customer,
        "tabs": tabs.links(account.pk, tab),
        "may_edit": account.may_edit,
    }


def overview(account: Account, now: datetime) -> dict[str, Any]:
    """Return what the account is worth, and of each part what is known and what is missing."""
    worth = cards.cards(account.user, account.customer)[cards.Place.WORTH]
    parts = [_part(tab, account, now) for tab in tabs.registered() if tab.state is not None]
    return page(account, tab="overview") | {"worth": worth, "parts": parts}


def _part(tab: tabs.Tab, account: Account, now: datetime) -> dict[str, Any]:
    state = tab.state(account, now) if tab.state else tabs.State()
    link = tabs.link(tab, account.pk)
    return {"link": link, "known": state.known, "missing": state.missing}
