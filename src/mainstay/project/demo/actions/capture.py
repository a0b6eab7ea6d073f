"""Forms of the demo: a fair, the web site, the hotline, with what they captured."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from mainstay.customers.capture import actions
from mainstay.customers.capture.models import CaptureForm, Touchpoint
from mainstay.customers.models import AcquisitionCampaign, AcquisitionChannel
from mainstay.customers.privacy import queries as privacy
from mainstay.project.demo import contacts, words

WORDING = (
    "I agree that Kotwica Wholesale sends me news and offers by e-mail. I can say no at any time."
)
SCRIPT = """Greet, say your name and that of Kotwica Wholesale.
Ask how the caller found us.
Ask for name and company, spell both back.
Ask what they buy and how often.
Offer the catalogue in return for the e-mail address; read out the consent word for word."""
FORMS: tuple[dict[str, Any], ...] = (
    {
        "name": "Packaging guide", "title": "Pack better: our guide", "gift": "link",
        "gift_link": "https://kotwica.example/packaging-guide.pdf", "channel": "Website",
        "campaign": "Search adverts", "intro": "Twelve pages on cartons, tape and pallets.",
        "thanks": "Here is your guide.", "sites": "https://www.kotwica.example",
        "places": (("Guide page", "web", 412, 0, 14), ("Newsletter archive", "link", 96, 0, 4)),
    },
    {
        "name": "Spring fair", "title": "10 % on your first order", "gift": "coupon",
        "channel": "Trade fairs", "campaign": "Spring fair",
        "intro": "Leave your address, get a code.",
        "thanks": "Show this code with your first order.", "sites": "",
        "places": (("Stand, QR code", "qr", 88, 0, 9), ("Stand, tablet", "counter", 0, 140, 12)),
    },
    {
        "name": "Hotline", "title": "Catalogue by post or e-mail", "gift": "none",
        "channel": "Catalogue", "campaign": "", "intro": "", "thanks": "", "sites": "",
        "script": SCRIPT, "places": (("Hotline", "phone", 0, 37, 6),),
    },
)  # fmt: skip


def load(*, seed: int, by: Any, agent: Any, now: datetime) -> None:
    """Build the forms and fill some in, the latest today."""
    random = np.random.default_rng([seed, 29])
    values = {"name": "Spring fair 10 %", "benefit": "10 % on the first order", "prefix": "KW"}
    batch = actions.add_batch(by=by, now=now, values=values, count=60)
    for plan in FORMS:
        form = _form(plan, batch, by, now)
        for place in plan["places"]:
            _captured(random, _place(form, place, by, now), place[4], agent, now)


def _form(plan: dict[str, Any], batch: Any, by: Any, now: datetime) -> CaptureForm:
    channel = AcquisitionChannel.objects.filter(name=plan["channel"]).first()
    campaigns = AcquisitionCampaign.objects.filter(channel=channel, name=plan["campaign"])
    values = {key: value for key, value in plan.items() if key != "places"} | {
        "channel": channel,
        "campaign": campaigns.first(),
        "batch": batch if plan["gift"] == "coupon" else None,
        "purpose": privacy.agreed_to().filter(name="News and offers").first(),
        "wording": WORDING,
    }
    form = actions.save_form(by=by, now=now - timedelta(days=60), values=values)
    for kind in ("organisation", "city"):
        actions.add_field(by=by, now=now, form=form, values={"kind": kind})
    question = {"kind": "choice", "label": "How often do you order?", "options": "Weekly\nMonthly"}
    actions.add_field(by=by, now=now, form=form, values=question)
    Touchpoint.objects.filter(form=form).delete()
    return form


def _place(form: CaptureForm, place: tuple[Any, ...], by: Any, now: datetime) -> Touchpoint:
    name, medium, views, visitors, _captured = place
    row = actions.add_touchpoint(by=by, now=now, form=form, values={"name": name, "medium": medium})
    row.views, row.visitors = views, visitors
    row.save()
    return row


def _captured(random: Any, place: Touchpoint, count: int, agent: Any, now: datetime) -> None:
    for number in range(count):
        vocabulary = list(words.SHARES)[int(random.integers(len(words.SHARES)))]
        name, spelling = contacts.person(random, vocabulary)
        root, firm = vocabulary.roots[int(random.integers(len(vocabulary.roots)))]
        city, country, _digits = vocabulary.cities[int(random.integers(len(vocabulary.cities)))]
        actions.send(
            touchpoint=place,
            nonce=f"demo {place.pk} {number}",
            values={
                "name": name,
                "email": f"{spelling}{int(random.integers(10, 99))}@{firm}-new.example",
                "organisation": root,
                "city": city,
                "country": country,
                "answers": [["How often do you order?", ("Weekly", "Monthly")[number % 2]]],
                "consented": bool(random.random() < 0.7),  # noqa: PLR2004  a share
            },
            now=now - timedelta(hours=float(random.uniform(1, 900))),
            by=agent if place.medium == "phone" else None,
        )
