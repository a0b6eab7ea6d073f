"""Mail about captured contacts."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task


@task(title=gettext_lazy("Ask a contact to confirm the address"))
def ask_for_confirmation(number: int, url: str) -> None:
    """Send the link that confirms the address; no mail where somebody confirmed meanwhile."""
    from mainstay.people.queries import company

    from . import queries

    capture = queries.unconfirmed(number)
    if capture is None:
        return
    with translation.override(capture.language or settings.LANGUAGE_CODE):
        subject = _("Please confirm your address for %(company)s") % {"company": company().name}
        text = _(
            "You filled in “%(title)s” at %(company)s.\n\nOpen this page to confirm your"
            " address:\n%(url)s\n\nIf it was not you, do nothing."
        ) % {"title": capture.touchpoint.form.title, "company": company().name, "url": url}
        send_mail(subject, text, None, [capture.email])
