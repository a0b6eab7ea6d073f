"""Endpoints: added, changed, paused, resumed, removed. Each change is in the audit log."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.shared import access, trail, versions
from mainstay.shared.events import addresses, catalogue, queries
from mainstay.shared.events.models import Endpoint, EndpointState, Subscription

MOST_ENDPOINTS = 20


@transaction.atomic
def add_endpoint(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Endpoint:
    """Add an endpoint that is told of events with the rights of whoever adds it."""
    access.require(by, "api.use")
    mine = Endpoint.objects.filter(owner=by)
    if mine.count() >= MOST_ENDPOINTS:
        text = _("You have %(n)d endpoints, which is the most; remove one first.")
        raise ValidationError(text % {"n": MOST_ENDPOINTS})
    endpoint = Endpoint(owner=by, created_at=now, salt=secrets.token_hex(16))
    return _saved(endpoint, "webhook.added", by, now, values)


@transaction.atomic
def change_endpoint(
    *, by: Any, now: datetime, endpoint: Endpoint, values: Mapping[str, Any]
) -> Endpoint:
    """Change name, address or events; fields that are not given stay."""
    return _saved(mine(by, endpoint), "webhook.changed", by, now, values)


def _saved(
    endpoint: Endpoint, verb: str, by: Any, now: datetime, values: Mapping[str, Any]
) -> Endpoint:
    fields = {name: str(values[name]).strip() for name in ("name", "url") if name in values}
    if "url" in fields:
        _check_address(fields["url"])
    before = sorted(queries.wanted(endpoint)) if endpoint.pk else []
    wanted = _known(values["events"]) if "events" in values else before
    if not wanted:
        raise ValidationError({"events": _("Choose at least one event.")})
    old, new = versions.apply(endpoint, fields)
    endpoint.save()
    if wanted != before:
        Subscription.objects.filter(endpoint=endpoint).delete()
        rows = [Subscription(endpoint=endpoint, event=name) for name in wanted]
        Subscription.objects.bulk_create(rows)
        old, new = old | {"events": before}, new | {"events": wanted}
    if new:
        trail.record(by=by, verb=verb, target=endpoint, old=old, new=new, now=now)
    return endpoint


def _check_address(url: str) -> None:
    networks = settings.WEBHOOK_NETWORKS
    try:
        host = addresses.understood(url, networks).hostname or ""
        if addresses.is_literal(host):
            addresses.resolved(host, 443, networks)
    except addresses.NotAllowed as refusal:
        raise ValidationError({"url": str(refusal)}) from refusal


def _known(names: Any) -> list[str]:
    there = {kind.name for kind in catalogue.kinds()}
    wanted = sorted(set(names))
    if unknown := [name for name in wanted if name not in there]:
        text = _("There is no event “%(name)s”. Known: %(known)s.")
        words = {"name": unknown[0][:80], "known": ", ".join(sorted(there))}
        raise ValidationError({"events": text % words})
    return wanted


@transaction.atomic
def pause(*, by: Any, now: datetime, endpoint: Endpoint) -> None:
    """Send nothing for a while; what happens meanwhile waits."""
    row = mine(by, endpoint)
    if row.state == EndpointState.ACTIVE:
        Endpoint.objects.filter(pk=row.pk).update(state=EndpointState.PAUSED, paused_because="")
        trail.record(by=by, verb="webhook.paused", target=row, now=now)


@transaction.atomic
def resume(*, by: Any, now: datetime, endpoint: Endpoint) -> None:
    """Send again, what waited first."""
    row = mine(by, endpoint)
    if row.state == EndpointState.PAUSED:
        Endpoint.objects.filter(pk=row.pk).update(
            state=EndpointState.ACTIVE, paused_because="", given_up_in_a_row=0
        )
        queries.waiting(row.pk).update(next_at=now)
        trail.record(by=by, verb="webhook.resumed", target=row, now=now)
        transaction.on_commit(wake, robust=True)


@transaction.atomic
def remove_endpoint(*, by: Any, now: datetime, endpoint: Endpoint) -> None:
    """Take the endpoint away, with what waits for it and its log."""
    row = mine(by, endpoint)
    trail.record(by=by, verb="webhook.removed", target=row, old={"url": row.url}, now=now)
    row.delete()


def mine(by: Any, endpoint: Endpoint) -> Endpoint:
    return queries.visible_to(by).select_for_update(of=("self",)).get(pk=endpoint.pk)


def wake() -> None:
    from mainstay.shared.events.tasks import wake as wake_worker

    wake_worker()
