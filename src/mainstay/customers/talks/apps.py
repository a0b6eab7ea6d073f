from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalksConfig(AppConfig):
    name = "mainstay.customers.talks"
    label = "talks"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        """Publish the timeline's sources, the list and what waits for a reader."""
        from mainstay.customers.talks import personal_data, sources

        sources.publish()
        personal_data.publish_entries()
