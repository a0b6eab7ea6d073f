"""What changes preferences: answers noted by us or given by themselves, links, topics."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit, may_edit_person
from mainstay.customers.choices import WAYS
from mainstay.customers.preferences import queries, rules
from mainstay.customers.preferences.models import Answer, AskingLink, Origin, Question, Topic
from mainstay.people import rules as tokens
from mainstay.records.actions import record
from mainstay.shared import versions

RIGHT = "interactions.edit"
CHANNELS = ("", *dict(WAYS))
RHYTHMS = ("", *rules.RHYTHM_DAYS, "never")
MOST_TOPICS = 100


@transaction.atomic
def note(
    *, by: Any, now: datetime, about: Any, values: Mapping[str, Any], origin: str = Origin.TOLD
) -> int:
    """Note what they answered; an answer that differs replaces the one before. Return how many."""
    may_edit_person(by, RIGHT, about)
    return _note(by, now, about, values, origin)


@transaction.atomic
def say(*, now: datetime, token: str, values: Mapping[str, Any]) -> int:
    """Note what the holder of a link answered themselves."""
    link = queries.link_for(token, now)
    if link is None:
        raise ValidationError(_("This link does not open any more; ask us for a new one."))
    AskingLink.objects.filter(pk=link.pk).update(answered_at=now)
    return _note(None, now, link.contact or link.customer, values, Origin.THEMSELVES)


@transaction.atomic
def ask(*, by: Any, now: datetime, about: Any) -> str:
    """Return the token of a link by which they answer; links before it stop working."""
    may_edit_person(by, RIGHT, about)
    token = tokens.new_token()
    queries.links(about, now).update(revoked_at=now)
    AskingLink.objects.create(
        **{queries.kind_of(about): about},
        token_hash=tokens.token_hash(token),
        made_by=by,
        made_at=now,
        expires_at=now + rules.LINK_LIFE,
    )
    record(by=by, verb="preferences.asked", target=about, now=now)
    return token


@transaction.atomic
def revoke(*, by: Any, now: datetime, link: AskingLink) -> None:
    """Let the link stop working."""
    may_edit_person(by, RIGHT, link.contact or link.customer)
    if AskingLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        about = link.contact or link.customer
        if about is not None:
            record(by=by, verb="preferences.link_revoked", target=about, now=now)


@transaction.atomic
def set_topics(*, by: Any, now: datetime, names: Iterable[str]) -> None:
    """Offer exactly these topics; what was answered before stays."""
    may_edit(by)
    wanted = rules.choices(names)
    if len(wanted) > MOST_TOPICS:
        raise ValidationError({"names": _("Offer at most 100 topics; who would read more?")})
    old = queries.topics()
    for name in wanted:
        versions.check(Topic(name=name))
    Topic.objects.exclude(name__in=wanted).delete()
    Topic.objects.bulk_create([Topic(name=name) for name in wanted if name not in old])
    added = Topic.objects.order_by("pk").first()
    if added is not None and sorted(old) != sorted(wanted):
        told = {"old": {"topics": old}, "new": {"topics": wanted}}
        record(by=by, verb="preferences.topics_set", target=added, now=now, **told)


def _note(by: Any, now: datetime, about: Any, values: Mapping[str, Any], origin: str) -> int:
    known = queries.answers(about)
    fresh = {}
    for question, given in values.items():
        written = _written(question, given)
        before = known.get(question)
        if written != (before.value if before else ""):
            fresh[question] = written
    current = Answer.objects.filter(**{queries.kind_of(about): about}, replaced_at=None)
    current.filter(question__in=fresh).update(replaced_at=now)
    for question, written in fresh.items():
        row = Answer(question=question, value=written, origin=origin, noted_by=by, at=now)
        setattr(row, queries.kind_of(about), about)
        versions.check(row)
        row.save()
    if fresh:
        old = {name: known[name].value for name in fresh if name in known}
        verb = "preferences.said" if origin == Origin.THEMSELVES else "preferences.noted"
        record(by=by, verb=verb, target=about, old=old, new=fresh, now=now)
    return len(fresh)


def _written(question: str, given: Any) -> str:
    """Return the answer as it is kept, or raise a sentence beside its question."""
    if question not in Question.values:
        raise ValidationError(
            _("There is no question “%(name)s”; leave it out.") % {"name": question[:40]}
        )
    allowed = {"channel": CHANNELS, "rhythm": RHYTHMS}.get(question)
    if allowed is not None:
        if given not in allowed:
            named = ", ".join(word for word in allowed if word)
            text = _("Choose one of: %(words)s.") % {"words": named}
            raise ValidationError({question: text})
        return str(given)
    found = rules.choices(given or "")
    if len(found) > rules.MOST_CHOICES or any(len(one) > rules.LONGEST_CHOICE for one in found):
        text = _("At most 30 entries, each of at most 80 characters; shorten them.")
        raise ValidationError({question: text})
    return "\n".join(found)
