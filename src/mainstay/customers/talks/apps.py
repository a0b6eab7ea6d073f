from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalksConfig(AppConfig):
    name = "mainstay.customers.talks"
    label = "talks"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        """Publish the timeline's sources, the list and what waits for a reader."""
        from mainstay.customers.talks import personal_data, presenters, sources
        from mainstay.customers.talks.tasks import forget_unclaimed_files
        from mainstay.shared import attention
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register

        sources.publish()
        personal_data.publish_entries()
        attention.register("talks", presenters.points)
        schedule.every(minutes=24 * 60, name="talks.forget_files", task=forget_unclaimed_files)
        register(
            Entry(
                key="talks",
                label=_("Conversations"),
                icon="messages-square",
                url_name="talks:list",
                order=124,
                permission="customers.view",
            )
        )
