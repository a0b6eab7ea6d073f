"""The rule and its consequences in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import number, percent


def rule_in_words(rule: dict[str, Any], content: dict[str, Any] | None = None) -> str:
    """Return the definition under which every number of lost customers was counted."""
    match rule["kind"]:
        case "contract":
            text = _(
                "Lost: on the last day of a contract that no other follows within %(days)s days."
            )
            return text % {"days": number(rule["grace_days"])}
        case "probability":
            text = _("Lost: P(alive) is under %(bound)s; dated on the last purchase.")
            return text % {"bound": percent(rule["threshold"])}
    typical = _("median") if rule["typical"] == "median" else _("mean")
    text = _(
        "Lost: no order for %(k)s of the customer's own intervals (%(typical)s, at least"
        " %(floor)s days); dated on the day on which they have passed."
    )
    words = {"k": number(rule["k"], 1 if rule["k"] % 1 else 0), "typical": typical}
    found = text % {**words, "floor": number(rule["floor_days"])}
    if content and "usual_days" in content:
        usual = _("Who bought once is given the base's median interval of %(days)s days.")
        found = f"{found} {usual % {'days': number(content['usual_days'])}}"
    return found


def provisional_in_words(rule: dict[str, Any], content: dict[str, Any]) -> str:
    """Return why the latest months may still change."""
    match rule["kind"]:
        case "contract":
            text = _("Pale months may change: contracts that just ended may yet be renewed.")
        case "probability":
            text = _("Pale months may change: too many of those last seen in them are undecided.")
        case _:
            days = content["settle_days"]
            text = ngettext(
                "Pale months may change: of those who came back, nine in ten did so within"
                " %(days)s day.",
                "Pale months may change: of those who came back, nine in ten did so within"
                " %(days)s days.",
                round(days),
            )
            return text % {"days": number(days)}
    return text


def cannot_in_words(key: str) -> str:
    return {
        "no_contracts": _(
            "The rule asks for contracts, and none is recorded. Add contracts, or choose another"
            " rule."
        ),
        "no_model": _(
            "The rule asks for P(alive), and no model could be fitted to these purchases. Choose"
            " another rule."
        ),
    }.get(key, key)


def no_worth_in_words(part: Any) -> str:
    """Return why it cannot be said what better retention would bring."""
    if part is None:
        return _("No value run has counted losses yet. Start one, then weigh what to do.")
    if "cannot" in part.content:
        return cannot_in_words(part.content["cannot"])
    return _(
        "Too few customers were there or were lost, or those lost brought no margin, so nobody can"
        " say what better retention would bring."
    )


def verdict(answer: Any) -> str:
    """Return whether a case pays, over its whole range."""
    if answer.net.low > 0:
        return _("It pays over the whole range of the effect.")
    if answer.net.high <= 0:
        return _("It does not pay even with the largest effect.")
    if answer.net.value > 0:
        return _("It pays with the effect expected, and not at the low end of the range.")
    return _("It does not pay with the effect expected, only near the top of the range.")
