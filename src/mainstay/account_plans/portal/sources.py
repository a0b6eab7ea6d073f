"""What the customer's people said on their pages, on timelines."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import timeline
from mainstay.customers.timeline import Asked, Entry, Source

from . import queries
from .choices import LOW
from .models import Comment, Opinion

ABOUT = ("customers.customer", "customers.contact")


def publish() -> None:
    for key, entries in (("portal_opinions", _opinions), ("portal_comments", _comments)):
        source = Source(key=key, kind="portal", entries=entries, about=ABOUT)
        timeline.publish(source, gettext_lazy("Customer portal"))


def _about(asked: Asked, model: Any) -> QuerySet[Any]:
    rows = queries.feedback_visible_to(asked.user, model)
    is_customer = asked.about._meta.model_name == "customer"
    name = "work__customer" if is_customer else "contact"
    return asked.page(rows.filter(**{name: asked.about}), "at")


def _url(row: Any) -> str:
    return reverse("accounts:portal_work", args=[row.work.customer_id, row.work_id])


def _opinions(asked: Asked) -> list[Entry]:
    return [
        Entry(
            at=row.at,
            pk=row.pk,
            icon="star",
            title=_("%(mark)s of 5 for “%(what)s”")
            % {"mark": row.mark, "what": row.stage or row.work},
            text=row.words,
            url=_url(row),
            detail=str(row.contact),
            tone="red" if row.mark <= LOW else "green",
        )
        for row in _about(asked, Opinion).select_related("stage", "work", "contact")
    ]


def _comments(asked: Asked) -> list[Entry]:
    return [
        Entry(
            at=row.at,
            pk=row.pk,
            icon="message-square",
            title=_("Comment on “%(work)s”") % {"work": row.work},
            text=row.text,
            url=_url(row),
            detail=str(row.contact or row.by or "–"),
        )
        for row in _about(asked, Comment).select_related("by", "work", "contact")
    ]
