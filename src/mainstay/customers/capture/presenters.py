"""What the pages about capture show."""

import io
from datetime import datetime
from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis.numerics import intervals
from mainstay.customers import pages
from mainstay.customers.profiling import queries as profiling
from mainstay.people.permissions import can
from mainstay.shared.attention import Point
from mainstay.shared.templatetags.figures import day, moment, number, percent

from . import actions, queries, rules
from .forms import AttachForm, BuiltForm, CaptureFormForm, FieldForm, TouchpointForm

FEW = 10  # visitors under whom counts are shown and no rate
QR_SCALE = 8
EMBED_HEIGHT = 640


def index(user: Any, now: datetime) -> dict[str, Any]:
    """Return the forms with how many visitors each captured."""
    places: dict[int, list[Any]] = {}
    for row in queries.touchpoints():
        places.setdefault(row.form_id, []).append(row)
    rows = []
    for form in queries.forms():
        mine = places.get(form.pk, [])
        captured = sum(each.captured for each in mine)
        rows.append(
            {
                "form": form,
                "places": len([each for each in mine if each.revoked_at is None]),
                "rate": rate(captured, sum(visitors(each) for each in mine), now),
            }
        )
    waiting = queries.inbox(user).count()
    return {"rows": rows, "waiting": waiting, "may_edit": can(user, "capture.edit")}


def visitors(touchpoint: Any) -> int:
    """Return who could be captured: looks at the page and visitors counted by hand.

    Where a browser runs no script nobody is counted; so there are at least those captured.
    """
    return int(max(touchpoint.views + touchpoint.visitors, touchpoint.captured))


def rate(captured: int, n: int, now: datetime) -> dict[str, Any]:
    """Return the capture rate with its interval; of few visitors only the counts."""
    found: dict[str, Any] = {"captured": captured, "n": n, "value": "", "explain": None}
    if n < FEW:
        return found
    share = intervals.wilson(captured, n)
    ends = {"low": percent(share.low, 1), "high": percent(share.high, 1)}
    found["value"] = percent(share.value, 1)
    found["explain"] = {
        "method": _("Contacts captured, of all who looked at the form or were counted there."),
        "n": _("%(captured)s of %(n)s") % {"captured": number(captured), "n": number(n)},
        "interval": _("%(low)s to %(high)s (Wilson, 95 %%)") % ends,
        "as_of": day(now),
        "note": _("Somebody who looks twice counts twice: nobody is told apart."),
    }
    return found


def form_page(request: HttpRequest, form: Any, now: datetime) -> dict[str, Any]:
    """Return a form with its fields and the places where it is met."""
    rows = queries.touchpoints(form)
    return {
        "form": form,
        "fields": list(queries.fields_of(form)),
        "field_form": FieldForm(auto_id="new-field-%s"),
        "touchpoint_form": TouchpointForm(auto_id="new-place-%s"),
        "places": [_place(request, row, now) for row in rows],
        "may_edit": can(request.user, "capture.edit"),
        "may_call": can(request.user, "interactions.edit"),
        "sites": rules.origins(form.sites),
    }


def _place(request: HttpRequest, row: Any, now: datetime) -> dict[str, Any]:
    url = public_url(request, row)
    return {
        "row": row,
        "url": url,
        "snippet": _snippet(request, row),
        "rate": rate(row.captured, visitors(row), now),
    }


def public_url(request: HttpRequest, touchpoint: Any) -> str:
    path = reverse("public_capture:page", args=[touchpoint.token])
    return request.build_absolute_uri(path)


def _snippet(request: HttpRequest, touchpoint: Any) -> str:
    path = reverse("public_capture:embed", args=[touchpoint.token])
    url = request.build_absolute_uri(path)
    title = touchpoint.form.title.replace('"', "")
    return (
        f'<iframe src="{url}" title="{title}" width="100%" height="{EMBED_HEIGHT}"'
        ' style="border:0" loading="lazy"></iframe>'
    )


def qr(url: str, kind: str) -> bytes:
    """Return the QR code of an address as SVG or PNG."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind=kind, scale=QR_SCALE, border=4)
    return out.getvalue()


def edit_form(row: Any, data: Any, uploads: Any) -> CaptureFormForm:
    if row is None:
        return CaptureFormForm(data, uploads, initial={"language": "en", "gift": "none"})
    known = {name: getattr(row, name, None) for name in CaptureFormForm.base_fields}
    form = CaptureFormForm(data, uploads, initial=known)
    if row.file_name:
        text = _("“%(name)s” is given now; choose another to replace it.")
        form.fields["upload"].help_text = text % {"name": row.file_name}
    return form


def built_form(form: Any, data: Any) -> BuiltForm:
    return BuiltForm(data, form=form, rows=queries.fields_of(form))


def steps(form: Any) -> list[str]:
    return [line.strip() for line in form.script.splitlines() if line.strip()]


def capture_page(user: Any, row: Any, attach: AttachForm) -> dict[str, Any]:
    """Return what somebody filled in, and what can become of it."""
    return {
        "capture": row,
        "told": actions.told(row),
        "customer_url": pages.url(row.customer_id) if row.customer_id else "",
        "attach": attach,
        "may_decide": row.state == "new" and can(user, "customers.edit"),
        "consent": _consent(row),
        "was_erased": row.state == "new" and queries.matching.was_erased(row.email, row.phone),
        "ask_next": _ask_next(user, row),
    }


def _ask_next(user: Any, row: Any) -> tuple[int, str] | None:
    """Return the question to ask while the customer is still on the telephone."""
    if row.customer is None or not can(user, "interactions.edit"):
        return None
    return profiling.put_next(row.customer, timezone.localdate())


def _consent(row: Any) -> str:
    if not row.consented:
        return _("No consent was given.")
    text = _("“%(wording)s” (version %(version)d), agreed to on %(when)s at %(where)s.")
    said = text % {
        "wording": row.wording,
        "version": row.wording_version,
        "when": moment(row.captured_at),
        "where": row.touchpoint,
    }
    if row.confirmed_at:
        said += " " + _("The address was confirmed on %(when)s.") % {
            "when": moment(row.confirmed_at)
        }
    return said


def coupon_page(user: Any, batch: Any) -> dict[str, Any]:
    shown = [(row, rules.shown_code(row.code)) for row in queries.coupons(batch)[:500]]
    return {"batch": batch, "coupons": shown}


def points(user: Any, now: datetime) -> list[Point]:
    """Say on the start page how many captured contacts wait."""
    if not can(user, "customers.edit"):
        return []
    n = queries.inbox(user).count()
    if not n:
        return []
    text = ngettext("%(n)d captured contact waits", "%(n)d captured contacts wait", n)
    return [Point(text % {"n": n}, reverse("capture:inbox"), icon="inbox", tone="blue")]
