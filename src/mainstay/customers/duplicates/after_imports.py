"""The search that follows an import of customers, and what the import's page says of it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers.imports.followers import Remark, follow
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import number

from . import actions, queries
from .choices import ScanState
from .models import Scan


def publish() -> None:
    follow("customers", done=search, said=said)


def search(imported: Any, now: datetime) -> None:
    """Look for duplicates of what the import brought, if it brought anything."""
    if _brought(imported):
        actions.after_import(imported=imported, by=imported.started_by, now=now)


def said(imported: Any, user: Any) -> Remark | None:
    """Say how many probable duplicates the import brought, or why nobody knows."""
    if not _brought(imported):
        return None
    scan, found = queries.brought_by(imported)
    if scan is None:
        return _not_searched(user)
    if scan.is_open and not actions.has_stopped(scan):
        text = _("Mainstay is looking for duplicates of what this import brought.")
        return Remark(text, _("See how far it is"), _page(scan, user))
    if scan.state != ScanState.COMPLETE:
        text = _("The search for duplicates that followed this import stopped.")
        return Remark(f"{text} {scan.reason}".strip(), _("Look at the search"), _page(scan, user))
    if not found:
        return Remark(_("The search that followed this import found no new probable duplicates."))
    text = ngettext(
        "The search that followed this import found %(n)s new probable duplicate.",
        "The search that followed this import found %(n)s new probable duplicates.",
        found,
    )
    review = reverse("merging:review") if _may(user, "customers.edit") else ""
    return Remark(text % {"n": number(found)}, _("Review them"), review)


def _not_searched(user: Any) -> Remark:
    """Say that no search followed: another one was under way, or the company wants none."""
    text = _("No search for duplicates followed this import.")
    searches = reverse("duplicates:index") if _may(user, actions.RIGHT) else ""
    return Remark(text, _("Look for duplicates"), searches)


def _brought(imported: Any) -> int:
    counts = imported.counts.get("customers", {})
    return int(counts.get("new", 0) + counts.get("changed", 0))


def _page(scan: Scan, user: Any) -> str:
    return reverse("duplicates:scan", args=[scan.pk]) if _may(user, actions.RIGHT) else ""


def _may(user: Any, right: str) -> bool:
    return user is not None and can(user, right)
