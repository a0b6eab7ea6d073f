from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreferencesConfig(AppConfig):
    name = "mainstay.customers.preferences"
    label = "preferences"
    verbose_name = _("Preferences")

    def ready(self) -> None:
        """Publish the register of personal data."""
        from mainstay.customers.preferences import personal_data

        personal_data.publish_entries()
