"""What is held of customers who are, or may become, key accounts."""

from django.utils.translation import gettext_lazy as _

from mainstay.account_plans.plan.actions import erase as erase_versions
from mainstay.shared.personal_data import Impersonal, Personal, blank, publish

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
    Personal(
        "account_plans.Offering",
        _("What is offered to a key account"),
        customer="customer",
        texts=("name",),
    ),
    Personal(
        "account_plans.CertaintyRating",
        _("How certain a key account is of need, market and transaction"),
        customer="offering__customer",
        texts=("offering__name", "evidence"),
    ),
    Personal(
        "account_plans.ActionLine",
        _("People of a key account, and what is done for them"),
        customer="customer",
        contact="contact",
        texts=("person", "goals", "roles"),
        held_back={
            "tactics": _("keys of the library"),
            "relations": _("keys of the list of relations"),
        },
        erasure_of_contact=blank(
            _("that something was planned for the customer belongs to the customer"),
            contact=None,
            person="–",
            goals="",
            roles=[],
        ),
    ),
    Personal(
        "account_plans.PlannedAction",
        _("Actions planned for a key account"),
        customer="customer",
        texts=("task__title",),
        held_back={"entry": _("a key of the library")},
    ),
    Personal(
        "account_plans.Strategy",
        _("Strategy for a key account"),
        customer="customer",
        texts=("reason",),
        held_back={
            "price": _("a key of the library"),
            "organisation": _("a key of the library"),
            "ways": _("keys of the library"),
        },
    ),
    Personal(
        "account_plans.TeamMember",
        _("Our team for a key account"),
        customer="customer",
        texts=("role", "tasks"),
    ),
    Personal(
        "account_plans.Passage",
        _("Written in the plan for a key account"),
        customer="customer",
        texts=("text", "basis", "instead_of"),
        held_back={"key": _("a key of the program")},
    ),
    Personal(
        "account_plans.PlanVersion",
        _("Versions of the plan for a key account"),
        customer="customer",
        texts=("content", "note", "remark"),
        erase=erase_versions,
    ),
    Impersonal("account_plans.SkillRating", "skills of staff; nothing of a customer"),
    Impersonal("account_plans.LibraryEntry", "what plans are put together from"),
    Impersonal("account_plans.Selection", "how the company chooses; nothing of a customer"),
    Impersonal("account_plans.Criterion", "what customers are compared by"),
    Impersonal("account_plans.Judgement", "how much more one criterion matters than another"),
    Impersonal("account_plans.Placing", "places by the number of the customer, without names"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
