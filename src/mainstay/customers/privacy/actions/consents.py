"""The ledger of consents: steps are added, never changed."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit_person
from mainstay.customers.privacy import queries, rules
from mainstay.customers.privacy.choices import ConsentChannel, Step
from mainstay.customers.privacy.models import ChoiceLink, ConsentEvent, Purpose
from mainstay.records.actions import record
from mainstay.shared import versions

OWN_LINK = "own link"


@transaction.atomic
def note_consent(*, by: Any, now: datetime, person: Any, values: Mapping[str, Any]) -> ConsentEvent:
    """Note that somebody agreed, or took it back: to what, where, by which words, with which proof.

    `by=None` is the program itself: an import, a form on the web.
    """
    may_edit_person(by, "interactions.edit", person)
    clean = dict(values)
    purpose: Purpose = clean["purpose"]
    if purpose.is_service:
        text = _("“%(name)s” is service, not marketing: nobody has to agree to it.")
        raise ValidationError({"purpose": text % {"name": purpose}})
    if clean.get("at") and clean["at"] > now:
        raise ValidationError({"at": _("This lies in the future; write when it was said.")})
    return _add(person, purpose, clean, now, str(by) if by is not None else "", by)


@transaction.atomic
def choose(*, link: ChoiceLink, now: datetime, purpose: Purpose, agrees: bool) -> ConsentEvent:
    """Note what a person chose on their own page; their own click is a confirmation, too."""
    step = Step.CONFIRMED if agrees else Step.WITHDRAWN
    return _by_link(link, purpose, ConsentChannel.ANY, step, now)


@transaction.atomic
def confirm(*, link: ChoiceLink, now: datetime) -> int:
    """Confirm every consent that waits for it; return how many."""
    person = link.contact or link.customer
    names = {purpose.pk: purpose for purpose in queries.purposes()}
    waiting = [
        key
        for key, what in queries.standings(person, today=now.date()).items()
        if what == "waiting" and key[0] in names
    ]
    for number, channel in waiting:
        _by_link(link, names[number], channel, Step.CONFIRMED, now)
    return len(waiting)


@transaction.atomic
def withdraw_all(*, link: ChoiceLink, now: datetime) -> int:
    """Withdraw from all marketing at once, by every channel; return from how many purposes."""
    person = link.contact or link.customer
    standing = queries.standings(person, today=now.date())
    wanted = {
        (purpose.pk, str(ConsentChannel.ANY))
        for purpose in queries.purposes()
        if not purpose.is_service
    }
    wanted |= {key for key, what in standing.items() if what in ("given", "waiting")}
    names = {purpose.pk: purpose for purpose in queries.every_purpose()}
    still = [key for key in sorted(wanted) if standing.get(key) != "withdrawn"]
    for number, channel in still:
        _by_link(link, names[number], channel, Step.WITHDRAWN, now)
    return len({number for number, _channel in still})


@transaction.atomic
def make_link(*, by: Any, now: datetime, person: Any) -> ChoiceLink:
    """Return the person's page of choices, made if there is none."""
    may_edit_person(by, "interactions.edit", person)
    if (known := queries.open_link(person)) is not None:
        return known
    row = ChoiceLink(**queries.of(person), salt=secrets.token_hex(32), made_at=now)
    row.token_hash = queries.hash_of(queries.token_of(row))
    row.save()
    record(by=by, verb="choices.link_made", target=person, now=now)
    return row


@transaction.atomic
def revoke_link(*, by: Any, now: datetime, person: Any) -> None:
    """Let the link in mails already sent lead nowhere; the next one is another."""
    may_edit_person(by, "interactions.edit", person)
    if ChoiceLink.objects.filter(**queries.of(person), revoked_at=None).update(revoked_at=now):
        record(by=by, verb="choices.link_revoked", target=person, now=now)


def _by_link(
    link: ChoiceLink, purpose: Purpose, channel: str, step: Step, now: datetime
) -> ConsentEvent:
    ChoiceLink.objects.filter(pk=link.pk).update(used_at=now)
    values = {"channel": channel, "step": step, "source": OWN_LINK}
    return _add(link.contact or link.customer, purpose, values, now, "", None)


def _add(
    person: Any, purpose: Purpose, values: Mapping[str, Any], now: datetime, name: str, by: Any
) -> ConsentEvent:
    given = {key: value for key, value in values.items() if key != "purpose"}
    given["at"] = given.get("at") or now
    row = ConsentEvent(
        **queries.of(person), purpose=purpose, noted_at=now, noted_by=name[:200], **given
    )
    if row.step != Step.WITHDRAWN and row.valid_until is None and purpose.months_valid:
        row.valid_until = rules.months_later(row.at.date(), purpose.months_valid)
    versions.check(row)
    row.save()
    new = {"purpose": str(purpose), "channel": row.channel, "step": row.step, "source": row.source}
    record(by=by, verb="consent.noted", target=person, new=new, now=now)
    return row
