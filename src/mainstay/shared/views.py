"""The shell's own addresses: palette, theme, language, styleguide."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mainstay.shared import access, palette, preferences, styleguide


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    term = request.GET.get("q", "")
    groups = palette.search(request.user, term)
    return render(request, "shared/palette.html#results", {"groups": groups, "term": term.strip()})


@require_POST
@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    wished = request.POST.get("theme", "")
    return _remember(request, "theme", wished, preferences.THEMES)


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    wished = request.POST.get("language", "")
    return _remember(request, "language", wished, tuple(code for code, _name in settings.LANGUAGES))


@require_GET
def show_styleguide(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or access.can(request.user, "people.admin")):
        raise Http404(_("There is no page at this address."))
    return render(request, "shared/styleguide.html", styleguide.examples())


def _remember(
    request: HttpRequest, name: str, value: str, choices: tuple[str, ...]
) -> HttpResponse:
    if value not in choices:
        raise BadRequest(_("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)})
    response = HttpResponse(status=204) if request.htmx else redirect(_back(request))  # type: ignore[attr-defined]
    preferences.remember(request, response, name, value)
    return response


def _back(request: HttpRequest) -> str:
    """Return the address to go back to, only ever on this site."""
    wished = request.POST.get("next", "")
    hosts = {request.get_host()}
    return wished if url_has_allowed_host_and_scheme(wished, allowed_hosts=hosts) else "/"
