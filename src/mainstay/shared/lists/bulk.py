"""One action over many rows: those ticked, or all that the filter means."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.shared import access
from mainstay.shared.lists.definition import BulkAction, ListDefinition
from mainstay.shared.lists.selection import FEW, NotValid, select
from mainstay.shared.lists.state import State
from mainstay.shared.numbers import row_numbers


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
    now = timezone.now()
    if request.POST.get("everything"):
        selection = select(state, request.user)
        if selection.more and action.enqueue is not None:
            url = action.enqueue(by=request.user, now=now, value=value, query=state.query())
            return redirect(url)
        ids = list(selection.exact.order_by().values_list("pk", flat=True)[:FEW])
    else:
        ids = row_numbers(request.POST.getlist("row"))
    if not ids:
        raise ValidationError(_("Tick at least one entry."))
    if action.opens is not None:
        return redirect(action.opens(ids))
    if action.run is not None:
        messages.success(request, action.run(by=request.user, now=now, value=value, ids=ids[:FEW]))
    return _back(state)


def _action(definition: ListDefinition, key: str) -> BulkAction | None:
    return next((action for action in definition.bulk if action.key == key), None)


def _back(state: State) -> HttpResponse:
    return redirect(f"{reverse(state.definition.url_name)}?{state.query()}".rstrip("?"))
