from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "mainstay.customers.quality"
    label = "quality"
    verbose_name = _("Data quality")

    def ready(self) -> None:
        """Take a place in the navigation, on the customer's page and in the customers list."""
        from mainstay.customers import cards, fields
        from mainstay.customers.merging import relations as merging
        from mainstay.customers.quality import lists, personal_data, presenters, published, tasks
        from mainstay.customers.quality.queries import twins
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register, register_tabs

        icon, right = "shield-check", "customers.view"
        main = Entry(
            key="quality",
            label=_("Data quality"),
            icon=icon,
            url_name="quality:index",
            order=170,
            permission=right,
        )
        register(main)
        tabs = (
            ("quality_score", _("Score"), icon, "quality:index", right),
            ("quality_worklist", _("Worklist"), icon, "quality:worklist", right),
            ("quality_rules", _("Rules"), icon, "quality:rules", right),
            ("quality_bounces", _("Returned mail"), icon, "quality:bounces", "interactions.edit"),
        )
        register_tabs("quality", tabs, order=171)
        fields.publish(lists.CUSTOMER_QUALITY)
        cards.publish("quality", presenters.card, place=cards.Place.SIDE, order=20)
        published.publish_findings("duplicate", twins.of)
        personal_data.publish_entries()
        merging.stays("quality.Score", "quality.Finding", "quality.Confirmation")
        schedule.every(minutes=6 * 60, name="quality.check", task=tasks.check_when_due)
