"""The list over HTTP: whole page or changing part, export, bulk actions, kept views."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from mainstay.shared import access
from mainstay.shared.lists import bulk, saved
from mainstay.shared.lists.definition import ListDefinition
from mainstay.shared.lists.export import TooLarge, export, withheld
from mainstay.shared.lists.listing import listing
from mainstay.shared.lists.selection import NotValid, select
from mainstay.shared.lists.state import State, read
from mainstay.shared.numbers import row_number

KINDS = ("csv", "xlsx")


def respond(
    request: HttpRequest,
    definition: ListDefinition,
    template: str = "shared/list/page.html",
    *,
    above: Callable[[], Any] = lambda: None,
) -> HttpResponseBase:
    """Answer a request for a list: its page, or what a button on it asks.

    What `above` returns is shown above the list, by the template's block of that name.
    """
    state = read(definition, request.GET, request.user)
    if request.method != "POST":
        return _show(request, state, template, above)
    if kind := request.POST.get("export"):
        return _export(request, state, kind)
    if name := request.POST.get("keep"):
        return _keep(request, state, name)
    if number := request.POST.get("forget"):
        return _forget(request, state, number)
    return bulk.respond(request, state)


def _show(
    request: HttpRequest, state: State, template: str, above: Callable[[], Any]
) -> HttpResponse:
    htmx: Any = getattr(request, "htmx", None)
    part = bool(htmx) and not htmx.history_restore_request and htmx.target == "list-results"
    context = _context(request, state) | {"above": None if part else above()}
    response = render(request, "shared/list/results.html" if part else template, context)
    if part:
        response["HX-Push-Url"] = f"{request.path}?{_whole_query(state)}".rstrip("?")
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _context(request: HttpRequest, state: State) -> dict[str, Any]:
    definition = state.definition
    kept, query = saved.views(request.user, definition.key), state.query()
    shown = listing(state, request.user)
    return {
        "list": shown,
        "definition": definition,
        "state": state,
        "views": kept,
        "ready_lists": saved.shipped(request.user, definition.key),
        "current_view": next((view.pk for view in kept if view.query == query), None),
    } | _offers(request.user, definition, shown.forms)


def _offers(user: Any, definition: Any, forms: list[Any]) -> dict[str, Any]:
    """Return what the user may do with the rows."""
    return {
        "may_export": access.can(user, definition.export_permission),
        "bulk_actions": bulk.offered(user, definition, forms),
        "may_add": access.can(user, definition.empty.permission),
    }


def _whole_query(state: State) -> str:
    place = {name: state.data.get(name) for name in ("after", "before")}
    return state.query(**place)


def _export(request: HttpRequest, state: State, kind: str) -> HttpResponseBase:
    if not access.can(request.user, state.definition.export_permission):
        raise PermissionDenied(_("Your role does not allow exports."))
    try:
        selection = select(state, request.user)
        answer = export(state, selection, kind if kind in KINDS else "csv")
    except (NotValid, TooLarge) as refusal:
        text = str(refusal) if isinstance(refusal, TooLarge) else _("Correct the filter first.")
        messages.error(request, text)
        return back_to(state)
    if told := withheld(state, selection):
        messages.info(request, told)
    return answer


def _keep(request: HttpRequest, state: State, name: str) -> HttpResponse:
    keeper = saved.keeper()
    if keeper is not None:
        shared = bool(request.POST.get("shared"))
        query = state.query()
        sentence = keeper.keep(request.user, state.definition.key, name, query, shared=shared)
        messages.error(request, sentence) if sentence else messages.success(
            request, _("The view “%(name)s” is kept.") % {"name": name.strip()}
        )
    return back_to(state)


def _forget(request: HttpRequest, state: State, number: str) -> HttpResponse:
    keeper = saved.keeper()
    if keeper is not None and (pk := row_number(number)) is not None:
        keeper.remove(request.user, pk)
        messages.success(request, _("The view is removed."))
    return redirect(reverse(state.definition.url_name))


def back_to(state: State) -> HttpResponse:
    return redirect(f"{reverse(state.definition.url_name)}?{state.query()}".rstrip("?"))
