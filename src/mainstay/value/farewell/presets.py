"""The segments of the first rule: who is unpromising, and with whom we never part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments.presets import Preset, register

PROPOSED, SPARED = "unpromising", "never_part"


def _asks(field: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    given = {} if value is None else {"value": value}
    return {"field": field, "op": op, **given, **more}


def publish() -> None:
    register(
        Preset(
            key=PROPOSED,
            name=_("Unpromising"),
            description=_("Class C, cost us money in 12 months, and little is to be expected."),
            definition={
                "match": "all",
                "rules": [
                    _asks("value.abc_class", "is", ["C"]),
                    _asks("profit.net", "under", 0),
                    _asks("value.expected_12m", "under", 2),
                ],
            },
        ),
        Preset(
            key=SPARED,
            name=_("With whom we do not part"),
            description=_("New ones, those bound by contract, and those who buy much elsewhere."),
            definition={
                "match": "any",
                "rules": [
                    _asks("value.first_day", "last", 365),
                    _asks("orders.contract_end", "next", 3650),
                    _asks("value.gap", "over", 0),
                    _asks("contacts.purpose", "some", days=365, of=["recommendation"]),
                ],
            },
        ),
    )
