"""The pages of customer value, in the order of their tabs: a topic adds its line here."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.navigation import Entry, register, register_tabs

VALUE = Entry(
    key="value",
    label=_("Customer value"),
    icon="gem",
    url_name="value:overview",
    order=210,
    permission="value.view",
)
TABS = (
    ("value-overview", _("Overview"), "layout-dashboard", "value:overview", "value.view"),
    ("equity", _("Equity and movements"), "git-compare", "value:equity", "value.view"),
    ("profitability", _("Profitability"), "scale", "value:profitability", "money.view"),
    ("acquisition", _("New customers"), "user-plus", "value:acquisition", "money.view"),
    ("churn", _("Lost customers"), "user-round-x", "value:churn", "value.view"),
    ("cohorts", _("Cohorts"), "grid-3x3", "value:cohorts", "value.view"),
    ("gaps", _("Gaps"), "wallet", "value:gaps", "value.view"),
    ("what-if", _("What if"), "sliders-horizontal", "value:what_if", "money.view"),
    ("lists", _("Ready lists"), "list-checks", "value:lists", "value.view"),
    ("models", _("Which model"), "chart-spline", "value:models", "value.view"),
    ("board-packs", _("Board packs"), "presentation", "value:board_packs", "money.view"),
    ("runs", _("Runs"), "history", "value:runs", "value.view"),
)
WITHIN = {
    "profitability": (
        ("whale", _("Whale curve"), "chart-line", "value:profitability", "money.view"),
        ("matrix", _("Customers × products"), "grid-3x3", "value:matrix", "money.view"),
        ("worklist", _("Worklist"), "list-todo", "value:worklist", "money.view"),
        ("activities", _("Activities and costs"), "truck", "value:activities", "money.view"),
        ("calculator", _("Calculator"), "calculator", "value:calculator", "money.view"),
    ),
    "acquisition": (
        ("winning", _("Cost and worth"), "coins", "value:acquisition", "money.view"),
        ("channels", _("Channels and costs"), "megaphone", "value:channels", "money.view"),
    ),
    "churn": (
        ("losses", _("Losses and their cost"), "user-round-x", "value:churn", "value.view"),
        ("retention", _("Investments in retention"), "hand-coins", "value:retention", "money.view"),
        ("renewals", _("Renewals of contracts"), "scroll-text", "value:renewals", "value.view"),
        (
            "loss-reasons",
            _("Reasons for leaving"),
            "message-circle",
            "value:loss_reasons",
            "value.view",
        ),
        ("loss-rule", _("Who counts as lost"), "settings-2", "value:loss_rule", "churn.edit"),
    ),
    "cohorts": (
        ("cohort-map", _("Heat map"), "grid-3x3", "value:cohorts", "value.view"),
        ("growth", _("Growth of loyal customers"), "sprout", "value:growth", "money.view"),
        ("own-cohorts", _("My cohorts"), "list-plus", "value:own_cohorts", "value.view"),
    ),
    "gaps": (
        ("wallets", _("Gaps and share of wallet"), "wallet", "value:gaps", "value.view"),
        ("markets", _("Growth of markets"), "chart-line", "value:markets", "value.view"),
    ),
}


def publish() -> None:
    """Take one place in the navigation, and a tab for each page, which the palette finds too."""
    register(VALUE)
    for within, tabs in {"value": TABS, **WITHIN}.items():
        register_tabs(within, tabs, order=VALUE.order)
