"""The criteria of the lecture on key accounts, to begin with; each can be changed."""

from django.utils.translation import gettext as _

from .choices import Measure, Nature


def criteria() -> list[dict[str, object]]:
    """Return them with the lecture's weights, which add up to 95 %, as they stand there."""
    return [
        _rated(_("Image: being seen with this customer"), 0.19),
        _rated(_("Know-how we gain from working for it"), 0.10),
        _rated(_("Network: entry to new markets"), 0.15),
        _measured(Measure.CURRENT_GAP, 0.30),
        _measured(Measure.FUTURE_GAP, 0.21),
        _gate(_("Strategic fit")),
        _gate(_("Our resources are flexible enough")),
        _gate(_("A fair attitude of the customer")),
    ]


def _rated(name: str, weight: float) -> dict[str, object]:
    return {"name": name, "nature": Nature.RATED, "measure": "", "weight": weight}


def _measured(measure: Measure, weight: float) -> dict[str, object]:
    return {
        "name": str(measure.label),
        "nature": Nature.MEASURED,
        "measure": measure,
        "weight": weight,
    }


def _gate(name: str) -> dict[str, object]:
    return {"name": name, "nature": Nature.GATE, "measure": "", "weight": 0.0}
