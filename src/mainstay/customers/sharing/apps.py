from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "mainstay.customers.sharing"
    label = "sharing"
    verbose_name = _("Sharing")

    def ready(self) -> None:
        from mainstay.customers.sharing import personal_data

        personal_data.publish_entries()
