from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "mainstay.account_plans.portal"
    label = "account_portal"

    def ready(self) -> None:
        from mainstay.account_plans import tabs
        from mainstay.account_plans.portal import personal_data, presenters, sources

        personal_data.publish_entries()
        sources.publish()
        tabs.register(
            tabs.Tab(
                key="portal",
                label=_("Customer portal"),
                icon="panels-top-left",
                url_name="accounts:portal",
                order=70,
                text=_("What their people see of the work, and what they think of it"),
                state=presenters.state,
            )
        )
