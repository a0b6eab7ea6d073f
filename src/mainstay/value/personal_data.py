"""What was computed of customers, and noted about their value, in the register."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Erasing, Impersonal, Personal, publish
from mainstay.value.models import BoardPack

_PAPER = _("a page set for print, made of the fields above")


def _delete_packs(erasing: Erasing) -> int:
    """Delete the packs that may name the customer: those of runs that know it or forgot whom."""
    named = Q(run__customers__customer__in=sorted(erasing.subject.customers))
    packs = BoardPack.objects.filter(named | Q(run__customers_dropped=True))
    count, _models = BoardPack.objects.filter(pk__in=packs.values("pk")).delete()
    return count


ENTRIES = (
    Personal(
        "value.CustomerValue",
        _("Computed value: scores, class, forecast"),
        customer="customer",
        texts=("run__as_of", "rfm", "segment"),
        labels={"run__as_of": _("as of")},
    ),
    Personal("value.CustomerMove", _("Computed value: changes"), customer="customer"),
    Personal(
        "value.CustomerGap",
        _("Computed value: unused potential"),
        customer="customer",
        texts=("category__name",),
    ),
    Personal(
        "value.CustomerProfit",
        _("Computed value: profit"),
        customer="customer",
        texts=("run__as_of", "costs"),
        labels={"run__as_of": _("as of")},
    ),
    Personal(
        "value.ProfitCell",
        _("Computed value: profit by category"),
        customer="customer",
        texts=("category__name",),
    ),
    Personal("value.NetValue", _("Computed value: net value"), customer="customer"),
    Personal("value.LostCustomer", _("Computed value: losses"), customer="customer"),
    Personal("value.LossNote", _("Why lost"), customer="customer", texts=("reason", "text")),
    Personal(
        "value.WalletEstimate",
        _("Estimates of purchases elsewhere"),
        customer="customer",
        texts=("category__name", "note"),
    ),
    Personal(
        "value.TreatmentDecision",
        _("Decisions on profitability"),
        customer="customer",
        texts=("note",),
    ),
    Personal(
        "value.BoardPack",
        _("Board packs that name the customer"),
        customer="run__customers__customer",
        held_back={"reason": _PAPER, "content": _PAPER, "job_id": _PAPER},
        erase=_delete_packs,
    ),
    Impersonal("value.ValueRun", "sums and parameters over all customers"),
    Impersonal("value.RunPart", "sums by topic over all customers"),
    Impersonal("value.ProfitRun", "sums and parameters over all customers"),
    Impersonal("value.ChannelCost", "what channels cost"),
    Impersonal("value.LossRule", "when a customer counts as lost"),
    Impersonal("value.LossReason", "reasons to choose from"),
    Impersonal("value.RetentionCase", "investments that the company weighs"),
    Impersonal("value.OwnCohort", "spans of months under a name"),
    Impersonal("value.ProductMarket", "how markets grow"),
    Impersonal("value.Scenario", "levers for a what-if"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
