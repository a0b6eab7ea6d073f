"""Pages of personal data: cases, people, purposes, the register, and a person's own choices."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.permissions import needs, writes

from . import actions, forms, presenters, queries

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("privacy.admin")
def cases(request: HttpRequest) -> HttpResponse:
    done = request.GET.get("done") == "1"
    return render(request, "privacy/cases.html", presenters.cases(request.user, done=done))


@require_GET
@needs("privacy.admin")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    page = presenters.case(request.user, _case(request, pk))
    if request.headers.get("HX-Request") and page["case"].state != "running":
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "privacy/case.html", page)


@require_POST
@needs("privacy.admin")
def check_identity(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _case(request, pk), forms.IdentityForm(request.POST)
    if form.carry_out(actions.check_identity, by=request.user, now=timezone.now(), case=row):
        return redirect("privacy:case", pk)
    return render(request, "privacy/case.html", presenters.case(request.user, row, form))


@require_POST
@needs("privacy.admin")
def answer(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """Take two more months, or refuse, with the reason that the person is told."""
    act = {"extend": actions.extend, "refuse": actions.refuse}.get(how)
    if act is None:
        raise Http404
    form = forms.BecauseForm(request.POST)
    known = {"by": request.user, "now": timezone.now(), "case": _case(request, pk)}
    if not form.carry_out(act, **known):
        _tell(request, form)
    return redirect("privacy:case", pk)


@require_POST
@needs("privacy.admin")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.start(by=request.user, now=timezone.now(), case=_case(request, pk))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("privacy:case", pk)


@require_POST
@needs("privacy.admin")
def let_return(request: HttpRequest, pk: int) -> HttpResponse:
    actions.let_return(by=request.user, now=timezone.now(), case=_case(request, pk))
    messages.success(request, _("The person may be recorded again."))
    return redirect("privacy:case", pk)


@never_cache
@require_GET
@needs("privacy.admin")
def package(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.package_of(_case(request, pk), now=timezone.now())
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="personal-data-{pk}.zip"'}
    return HttpResponse(bytes(found.content), content_type="application/zip", headers=headers)


@get_or_post
@needs("customers.view")
@writes("interactions.edit")
def person(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what a person agreed to; a POST notes a step of the ledger."""
    row, form = _person(request, kind, pk), forms.ConsentForm(request.POST or None)
    if form.carry_out(actions.note_consent, by=request.user, now=timezone.now(), person=row):
        messages.success(request, _("Noted in the ledger."))
        return redirect("privacy:person", kind, pk)
    return render(request, "privacy/person.html", presenters.person(request.user, row, form))


@require_POST
@needs("privacy.admin")
def open_case(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    row, form = _person(request, kind, pk), forms.CaseForm(request.POST)
    if form.carry_out(actions.open_case, by=request.user, now=timezone.now(), person=row):
        return redirect("privacy:case", form.outcome.pk)
    page = presenters.person(request.user, row, case_form=form)
    return render(request, "privacy/person.html", page)


@require_POST
@needs("interactions.edit")
def link(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Make the person's link, or revoke the one there is."""
    act = actions.revoke_link if "revoke" in request.POST else actions.make_link
    act(by=request.user, now=timezone.now(), person=_person(request, kind, pk))
    return redirect("privacy:person", kind, pk)


@require_POST
@needs("privacy.admin")
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    row = _person(request, "customer", pk)
    restricted = "restrict" in request.POST
    actions.restrict(by=request.user, now=timezone.now(), customer=row, restricted=restricted)
    return redirect("privacy:person", "customer", pk)


@require_GET
@needs("privacy.admin")
def purposes(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/purposes.html", {"purposes": queries.every_purpose()})


@get_or_post
@needs("privacy.admin")
def add_purpose(request: HttpRequest) -> HttpResponse:
    form = forms.PurposeForm(request.POST or None)
    if form.carry_out(actions.save_purpose, by=request.user, now=timezone.now()):
        return redirect("privacy:purpose", form.outcome.pk)
    return render(request, "privacy/purpose.html", {"form": form})


@get_or_post
@needs("privacy.admin")
def purpose(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.every_purpose(), pk=pk)
    form = forms.PurposeForm(request.POST or None, initial=presenters.offered(row))
    if form.carry_out(actions.save_purpose, by=request.user, now=timezone.now(), purpose=row):
        return redirect("privacy:purposes")
    wording = forms.WordingForm()
    context = {"form": form, "purpose": row, "wording": wording, "words": queries.wordings(row)}
    return render(request, "privacy/purpose.html", context)


@require_POST
@needs("privacy.admin")
def add_wording(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = get_object_or_404(queries.every_purpose(), pk=pk), forms.WordingForm(request.POST)
    if not form.carry_out(actions.add_wording, by=request.user, now=timezone.now(), purpose=row):
        _tell(request, form)
    return redirect("privacy:purpose", pk)


@require_POST
@needs("privacy.admin")
def archive_purpose(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.every_purpose(), pk=pk)
    actions.archive_purpose(by=request.user, now=timezone.now(), purpose=row)
    return redirect("privacy:purposes")


@require_GET
@needs("privacy.admin")
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/register.html", presenters.register())


@never_cache
@login_not_required
@get_or_post
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own page; looking at it changes nothing, mail scanners look too."""
    found = queries.link_for(token)
    if found is None:
        return render(request, "privacy/link_gone.html", status=404)
    if request.method == "POST":
        _choose(request, found)
        messages.success(request, _("Your choice holds from now on."))
        return redirect("privacy:choices", token)
    return render(request, "privacy/choices.html", presenters.choices(found))


@csrf_exempt
@login_not_required
@require_POST
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click in a mail program (RFC 8058): it holds at once, without a page in between."""
    found = queries.link_for(token)
    if found is None:
        return HttpResponse(status=404)
    actions.withdraw_all(link=found, now=timezone.now())
    return HttpResponse(status=200)


def _choose(request: HttpRequest, found: Any) -> None:
    now = timezone.now()
    if "nothing" in request.POST:
        actions.withdraw_all(link=found, now=now)
        return
    if "confirm" in request.POST:
        actions.confirm(link=found, now=now)
        return
    for row in presenters.choices(found)["asked"]:
        agrees = f"purpose-{row['purpose'].pk}" in request.POST
        if agrees != row["agrees"]:
            actions.choose(link=found, now=now, purpose=row["purpose"], agrees=agrees)


def _case(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.cases_visible_to(request.user), pk=pk)


def _person(request: HttpRequest, kind: str, pk: int) -> Any:
    found = queries.person(request.user, kind, pk)
    if found is None:
        raise Http404
    return found


def _tell(request: HttpRequest, form: Any) -> None:
    for errors in form.errors.values():
        messages.error(request, " ".join(errors))
