from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CockpitConfig(AppConfig):
    name = "mainstay.cockpit"

    def ready(self) -> None:
        """Put the start page first in the navigation, and the customer's page behind its links."""
        from mainstay.customers import pages
        from mainstay.shared.navigation import Entry, register

        pages.shown_by("cockpit:customer")
        register(
            Entry(
                key="home",
                label=_("Home"),
                icon="house",
                url_name="cockpit:home",
                order=10,
                permission="home.view",
            )
        )
