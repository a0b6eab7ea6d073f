"""The mail with the link."""

from typing import Any

from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from mainstay.people.queries import company
from mainstay.shared.templatetags.figures import day

from . import queries, tokens


@task(title=gettext_lazy("Mail an invitation to the customer portal"))
def send_link(number: int, url: str) -> None:
    """Mail the link, unless it was withdrawn meanwhile."""
    found = queries.to_send(number, now=timezone.now())
    if found is None:
        return
    with translation.override(found.language):
        subject = _("Our work for %(customer)s: your page") % {"customer": found.customer}
        text = _text(found, url.replace("TOKEN", tokens.token_of(found)))
    send_mail(subject, text, None, [found.contact.email])


def _text(found: Any, link: str) -> str:
    who = found.by.name if found.by else company().name
    return _(
        "Hello %(name)s,\n\nyou can follow our work for %(customer)s here: how far it is, what was"
        " agreed, and where you tell us what you think of it.\n\n%(link)s\n\nThe link is for you"
        " only and opens until %(day)s.\n\n%(who)s, %(company)s"
    ) % {
        "name": found.contact,
        "customer": found.customer,
        "link": link,
        "day": day(found.expires_at),
        "who": who,
        "company": company().name,
    }
