from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountPlansConfig(AppConfig):
    name = "mainstay.account_plans"

    def ready(self) -> None:
        """Take a place in the navigation and in the register of personal data."""
        from mainstay.account_plans import personal_data, states, tabs
        from mainstay.shared import navigation

        personal_data.publish_entries()
        navigation.register(
            navigation.Entry(
                key="accounts",
                label=_("Key accounts"),
                icon="crown",
                url_name="accounts:index",
                order=510,
                permission="accounts.view",
            )
        )
        tabs.register(
            tabs.Tab(
                key="overview",
                label=_("Overview"),
                icon="layout-dashboard",
                url_name="accounts:account",
                order=0,
            )
        )
        states.publish()
