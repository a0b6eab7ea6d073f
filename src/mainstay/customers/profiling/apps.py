from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilingConfig(AppConfig):
    name = "mainstay.customers.profiling"
    label = "profiling"
    verbose_name = _("Questions")

    def ready(self) -> None:
        """Put the bank of questions among capture's tabs."""
        from mainstay.customers.profiling import personal_data
        from mainstay.shared.navigation import Entry, register

        register(
            Entry(
                key="profiling",
                label=_("Questions"),
                icon="message-circle-question-mark",
                url_name="profiling:bank",
                order=164,
                permission="customers.view",
                within="capture",
            )
        )
        personal_data.publish_entries()
