"""Pages of preferences: ours, and the one that a customer opens by a link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.customers import queries as customers
from mainstay.customers.preferences import actions, presenters, queries
from mainstay.customers.preferences.forms import PreferencesForm, SayForm, TopicsForm
from mainstay.people import queries as people
from mainstay.people.permissions import needs, writes

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@needs("customers.view")
@writes("interactions.edit")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(customers.visible_to(request.user), pk=pk))


@get_or_post
@needs("customers.view")
@writes("interactions.edit")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(customers.contacts_visible_to(request.user), pk=pk))


def _page(request: HttpRequest, about: Any) -> HttpResponse:
    known: Any = {"by": request.user, "now": timezone.now(), "about": about}
    asks = "ask" in request.POST
    data = None if asks else request.POST or None
    form = PreferencesForm(data, initial=presenters.initial(about))
    if form.carry_out(actions.note, **known):
        messages.success(request, _("Noted what they prefer."))
        return redirect(request.path)
    link = _link(request, known) if asks else ""
    context = presenters.page(request.user, about, form, known["now"]) | {"link": link}
    return render(request, "preferences/page.html", context)


def _link(request: HttpRequest, known: Any) -> str:
    path = reverse("preferences:say", args=[actions.ask(**known)])
    return request.build_absolute_uri(path)


@require_POST
@needs("interactions.edit")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = queries.link_of(request.user, pk)
    if link is None:
        raise Http404
    actions.revoke(by=request.user, now=timezone.now(), link=link)
    if link.contact_id:
        return redirect("preferences:contact", link.contact_id)
    return redirect("preferences:customer", link.customer_id)


@get_or_post
@needs("customers.edit")
def topics(request: HttpRequest) -> HttpResponse:
    form = TopicsForm(request.POST or None, initial={"names": "\n".join(queries.topics())})
    if form.carry_out(actions.set_topics, by=request.user, now=timezone.now()):
        messages.success(request, _("These topics are offered now."))
        return redirect("preferences:topics")
    return render(request, "preferences/topics.html", {"form": form})


@get_or_post
@login_not_required
@never_cache
def say(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the holder of the link what they prefer; only sending the form changes anything."""
    link = queries.link_for(token, timezone.now())
    if link is None:
        raise Http404(_("This link does not open any more; ask us for a new one."))
    with translation.override(_language(request, link.contact or link.customer)):
        response = _asked(request, link.contact or link.customer, token)
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked(request: HttpRequest, about: Any, token: str) -> HttpResponse:
    initial = presenters.said(about)
    form = SayForm(request.POST or None, initial=initial, topics=queries.topics())
    done = form.carry_out(actions.say, now=timezone.now(), token=token)
    context = {"form": form, "about": about, "done": done, "company": people.company()}
    return render(request, "preferences/say.html", context)


def _language(request: HttpRequest, about: Any) -> str:
    """Return the person's language where the site speaks it, else the browser's."""
    known = translation.check_for_language(about.language) if about.language else False
    return about.language if known else translation.get_language_from_request(request)
