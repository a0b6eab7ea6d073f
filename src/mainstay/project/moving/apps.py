from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MovingConfig(AppConfig):
    name = "mainstay.project.moving"
    label = "moving"
    verbose_name = _("Export of everything")

    def ready(self) -> None:
        from mainstay.project.moving import personal_data

        personal_data.publish_entries()
