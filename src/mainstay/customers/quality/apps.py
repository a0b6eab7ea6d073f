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
        from mainstay.shared.navigation import Entry, register

        for key, label, name, order, permission, within in (
            ("quality", _("Data quality"), "index", 170, "customers.view", ""),
            ("quality_score", _("Score"), "index", 171, "customers.view", "quality"),
            ("quality_worklist", _("Worklist"), "worklist", 172, "customers.view", "quality"),
            ("quality_rules", _("Rules"), "rules", 173, "customers.view", "quality"),
            ("quality_bounces", _("Returned mail"), "bounces", 174, "interactions.edit", "quality"),
        ):
            register(
                Entry(
                    key=key,
                    label=label,
                    icon="shield-check",
                    url_name=f"quality:{name}",
                    order=order,
                    permission=permission,
                    within=within,
                )
            )
        fields.publish(lists.CUSTOMER_QUALITY)
        cards.publish("quality", presenters.card, place=cards.Place.SIDE, order=20)
        published.publish_findings("duplicate", twins.of)
        personal_data.publish_entries()
        merging.stays("quality.Score", "quality.Finding", "quality.Confirmation")
        schedule.every(minutes=6 * 60, name="quality.check", task=tasks.check_when_due)
