"""One action over many rows: those ticked, or all that the filter means."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.shared import access
from mainstay.shared.lists.definition import BulkAction, ListDefinition
from mainstay.shared.lists.selection import FEW, Asking, NotValid, select
from mainstay.shared.lists.state import State
from mainstay.shared.numbers import row_number, row_numbers


def offered(user: Any, definition: ListDefinition, forms: list[Any]) -> list[dict[str, Any]]:
    """Return the actions the user may take, with the choices of each."""
    if not access.can(user, definition.bulk_permission):
        return []
    fields = {name: field for form in forms for name, field in form.form.fields.items()}
    return [
        {"action": action, "choices": _choices(action, user, fields)} for action in definition.bulk
    ]


def _choices(action: BulkAction, user: Any, fields: dict[str, Any]) -> list[tuple[str, str]] | None:
    if action.filter:
        offered = filter(action.fits, fields[action.filter].choices.queryset)
        return [("", str(action.nobody)), *((str(row.pk), str(row)) for row in offered)]
    return action.choices(user) if action.choices else None


def respond(request: HttpRequest, state: State) -> HttpResponse:
    """Do what was asked to the rows that were meant, at once or as a job when they are many."""
    definition = state.definition
    if definition.bulk and not access.can(request.user, definition.bulk_permission):
        raise PermissionDenied(_("Your role does not allow this."))
    action = _action(definition, request.POST.get("action", ""))
    if action is None:
        messages.error(request, _("Choose what to do with the ticked entries."))
        return _back(state)
    try:
        return _do(request, state, action, request.POST.get(f"value-{action.key}", ""))
    except (ValidationError, NotValid) as refusal:
        sentences = getattr(refusal, "messages", [_("Correct the filter first.")])
        messages.error(request, " ".join(sentences))
        return _back(state)


def _do(request: HttpRequest, state: State, action: BulkAction, value: str) -> HttpResponse:
    meant, now = _meant(request, state, action), timezone.now()
    if not meant.count:
        raise ValidationError(_("Tick at least one entry."))
    if action.opens is not None:
        return redirect(action.opens(meant.ids))
    form = action.form(request.user, request.POST) if action.form else None
    if not (form.complete if form else meant.ids or "confirmed" in request.POST):
        return _ask(request, state, action, meant=meant, value=value, form=form)
    about: dict[str, Any] = {
        "by": request.user,
        "now": now,
        "value": form.value() if form else value,
    }
    if not meant.ids and action.enqueue is not None:
        return redirect(action.enqueue(**about, query=state.query()))
    if action.run is not None:
        messages.success(request, action.run(**about, ids=meant.ids))
    return _back(state)


@dataclass(frozen=True)
class Meant:
    """The rows that were meant: their numbers, none where they are too many for a request."""

    ids: list[int]
    count: int


def _meant(request: HttpRequest, state: State, action: BulkAction) -> Meant:
    if not request.POST.get("everything"):
        ids = row_numbers(request.POST.getlist("row"))[:FEW]
        return Meant(ids, len(ids))
    selection = select(state, request.user)
    rows = selection.exact.order_by()
    if selection.more and action.enqueue is not None:
        return Meant([], rows.count())
    ids = list(rows.values_list("pk", flat=True)[:FEW])
    return Meant(ids, len(ids))


def _ask(request: HttpRequest, state: State, action: BulkAction, **about: Any) -> HttpResponse:
    """Say how many rows would change, and ask for what the action needs, before it is done."""
    definition = state.definition
    said = "" if about["form"] else _said(action, definition, request.user, about["value"])
    context = {
        "definition": definition,
        "action": action,
        "said": said,
        "query": state.query(),
        "rows": about["meant"].ids if not request.POST.get("everything") else [],
        "everything": request.POST.get("everything"),
    }
    return render(request, "shared/list/confirm.html", context | about)


def _said(action: BulkAction, definition: ListDefinition, user: Any, value: str) -> str:
    """Return the value that was chosen as people read it."""
    if action.choices:
        return str(dict(action.choices(user)).get(value, ""))
    if action.filter and definition.filterset:
        rows = definition.filterset.base_filters[action.filter].extra["queryset"](Asking(user))
        return str(rows.filter(pk=row_number(value) or 0).first() or action.nobody)
    return value


def _action(definition: ListDefinition, key: str) -> BulkAction | None:
    return next((action for action in definition.bulk if action.key == key), None)


def _back(state: State) -> HttpResponse:
    return redirect(f"{reverse(state.definition.url_name)}?{state.query()}".rstrip("?"))
