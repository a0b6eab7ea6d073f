"""Consents given in forms go to the ledger, the one place that says what may be used."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mainstay.customers.capture.models import Capture, CaptureForm
from mainstay.customers.privacy import actions as privacy
from mainstay.customers.privacy import queries as ledger
from mainstay.shared.templatetags.figures import moment


def word(form: CaptureForm, now: datetime) -> None:
    """Keep the words of the form with its purpose, so that the ledger can name them."""
    if (
        form.purpose is not None
        and ledger.wording(form.purpose, form.language, form.wording) is None
    ):
        values = {"language": form.language, "text": form.wording}
        privacy.add_wording(by=None, now=now, purpose=form.purpose, values=values)


def note(*, capture: Capture, now: datetime) -> None:
    """Put the consent of a contact who became known into the ledger, in the caller's transaction.

    A confirmed address confirms it: the button in the mail is the second step of double opt-in.
    """
    if not capture.consented or capture.purpose is None or capture.purpose.is_service:
        return
    known = {
        "purpose": capture.purpose,
        "channel": capture.consent_channel,
        "wording": ledger.wording(capture.purpose, capture.language, capture.wording),
        "source": f"{capture.touchpoint.form.name} · {capture.touchpoint.name}"[:200],
        "proof": _proof(capture),
    }
    steps = [("given", capture.captured_at), ("confirmed", capture.confirmed_at)]
    person: Any = capture.contact or capture.customer
    for step, at in steps:
        if at is not None:
            values = known | {"step": step, "at": min(at, now)}
            privacy.note_consent(by=None, now=now, person=person, values=values)


def _proof(capture: Capture) -> str:
    """Return what shows that the person agreed, as a colleague can read it years later."""
    said = [_("Form sent on %(when)s.") % {"when": moment(capture.captured_at)}]
    if capture.entered_by is not None:
        said = [
            _("Filled in by %(name)s on %(when)s.")
            % {"name": capture.entered_by, "when": moment(capture.captured_at)}
        ]
    said.append(_("Agreed to version %(n)d of its wording.") % {"n": capture.wording_version})
    if capture.confirmed_at is not None:
        text = _("%(email)s was confirmed on %(when)s by the button in the mail.")
        said.append(text % {"email": capture.email, "when": moment(capture.confirmed_at)})
    return " ".join(said)
