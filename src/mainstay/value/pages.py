"""The pages of customer value, in the order of their tabs: a topic adds its line here."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.navigation import Entry, register

VALUE = Entry(
    key="value",
    label=_("Customer value"),
    icon="gem",
    url_name="value:overview",
    order=210,
    permission="value.view",
)
# Key, words, icon, address, right; the address "x" is named "value:x".
TABS = (
    ("value-overview", _("Overview"), "layout-dashboard", "overview", "value.view"),
    ("equity", _("Equity and movements"), "git-compare", "equity", "value.view"),
    ("profitability", _("Profitability"), "scale", "profitability", "money.view"),
    ("acquisition", _("New customers"), "user-plus", "acquisition", "money.view"),
    ("churn", _("Lost customers"), "user-round-x", "churn", "value.view"),
    ("cohorts", _("Cohorts"), "grid-3x3", "cohorts", "value.view"),
    ("gaps", _("Gaps"), "wallet", "gaps", "value.view"),
    ("what-if", _("What if"), "sliders-horizontal", "what_if", "money.view"),
    ("lists", _("Ready lists"), "list-checks", "lists", "value.view"),
    ("models", _("Which model"), "chart-spline", "models", "value.view"),
    ("board-packs", _("Board packs"), "presentation", "board_packs", "money.view"),
    ("runs", _("Runs"), "history", "runs", "value.view"),
)
WITHIN = {
    "profitability": (
        ("whale", _("Whale curve"), "chart-line", "profitability", "money.view"),
        ("matrix", _("Customers × products"), "grid-3x3", "matrix", "money.view"),
        ("worklist", _("Worklist"), "list-todo", "worklist", "money.view"),
        ("activities", _("Activities and costs"), "truck", "activities", "money.view"),
        ("calculator", _("Calculator"), "calculator", "calculator", "money.view"),
    ),
    "acquisition": (
        ("winning", _("Cost and worth"), "coins", "acquisition", "money.view"),
        ("channels", _("Channels and costs"), "megaphone", "channels", "money.view"),
    ),
    "churn": (
        ("losses", _("Losses and their cost"), "user-round-x", "churn", "value.view"),
        ("retention", _("Investments in retention"), "hand-coins", "retention", "money.view"),
        ("renewals", _("Renewals of contracts"), "scroll-text", "renewals", "value.view"),
        ("loss-reasons", _("Reasons for leaving"), "message-circle", "loss_reasons", "value.view"),
        ("loss-rule", _("Who counts as lost"), "settings-2", "loss_rule", "churn.edit"),
    ),
    "cohorts": (
        ("cohort-map", _("Heat map"), "grid-3x3", "cohorts", "value.view"),
        ("growth", _("Growth of loyal customers"), "sprout", "growth", "money.view"),
        ("own-cohorts", _("My cohorts"), "list-plus", "own_cohorts", "value.view"),
    ),
    "gaps": (
        ("wallets", _("Gaps and share of wallet"), "wallet", "gaps", "value.view"),
        ("markets", _("Growth of markets"), "chart-line", "markets", "value.view"),
    ),
}


def publish() -> None:
    """Take one place in the navigation, and a tab for each page, which the palette finds too."""
    register(VALUE)
    for within, tabs in {"value": TABS, **WITHIN}.items():
        for order, (key, label, icon, name, permission) in enumerate(tabs):
            register(
                Entry(
                    key=key,
                    label=label,
                    icon=icon,
                    url_name=f"value:{name}",
                    order=VALUE.order + order,
                    permission=permission,
                    within=within,
                )
            )
