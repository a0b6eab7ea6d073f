from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ValueConfig(AppConfig):
    name = "mainstay.value"

    def ready(self) -> None:
        """Take a place in the navigation."""
        from mainstay.shared.navigation import Entry, register

        register(
            Entry(
                key="value",
                label=_("Customer value"),
                icon="gem",
                url_name="value:overview",
                order=210,
                permission="value.view",
            )
        )
