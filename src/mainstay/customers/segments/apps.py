from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentsConfig(AppConfig):
    name = "mainstay.customers.segments"
    label = "segments"
    verbose_name = _("Segments")

    def ready(self) -> None:
        """Publish what a rule may ask of a customer's own record and timeline."""
        from mainstay.customers.segments import own_fields, personal_data
        from mainstay.customers.segments.tasks import recount_all
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register

        own_fields.publish()
        personal_data.publish_entries()
        schedule.every(minutes=6 * 60, name="segments.recount_all", task=recount_all)
        register(
            Entry(
                key="segments",
                label=_("Segments"),
                icon="group",
                url_name="segments:index",
                order=122,
                permission="customers.view",
            )
        )
