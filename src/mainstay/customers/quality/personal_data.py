"""What the checks of the file hold, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal("quality.Score", _("Data quality"), customer="customer", texts=("flaws",)),
        Personal(
            "quality.Finding",
            _("Findings about the record"),
            customer="customer",
            contact="contact",
            texts=("rule", "detail", "reason"),
            held_back={"subject": _("the number of the contact or address it is about")},
        ),
        Personal("quality.Confirmation", _("Confirmed as still right"), customer="customer"),
        Personal("quality.Bounce", _("Returned mail"), words_in=("email", "reason")),
        Impersonal("quality.RuleSetting", "how a rule is used"),
        Impersonal("quality.Plan", "how often the file is checked"),
        Impersonal("quality.Run", "sums over the whole file"),
    )
