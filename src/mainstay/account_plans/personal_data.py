"""What is held of customers who are, or may become, key accounts."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish

ENTRIES = (
    Personal(
        "account_plans.Rating",
        _("Ratings as a possible key account"),
        customer="customer",
        texts=("criterion__name", "note"),
    ),
    Personal(
        "account_plans.Candidate",
        _("Considered as a key account"),
        customer="customer",
        texts=("selection__name",),
    ),
    Personal("account_plans.KeyAccount", _("Chosen as a key account"), customer="customer"),
    Impersonal("account_plans.Selection", "how the company chooses; nothing of a customer"),
    Impersonal("account_plans.Criterion", "what customers are compared by"),
    Impersonal("account_plans.Judgement", "how much more one criterion matters than another"),
    Impersonal("account_plans.Placing", "places by the number of the customer, without names"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
