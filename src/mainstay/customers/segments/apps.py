from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentsConfig(AppConfig):
    name = "mainstay.customers.segments"
    label = "segments"
    verbose_name = _("Segments")

    def ready(self) -> None:
        """Publish what a rule may ask of a customer's own record and timeline."""
        from mainstay.customers.segments import own_fields, personal_data

        own_fields.publish()
        personal_data.publish_entries()
