from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuyingCentreConfig(AppConfig):
    name = "mainstay.account_plans.buying_centre"
    label = "buying_centre"

    def ready(self) -> None:
        from mainstay.account_plans import tabs
        from mainstay.account_plans.buying_centre import personal_data, presenters, publishing

        personal_data.publish_entries()
        publishing.publish()
        tabs.register(
            tabs.Tab(
                key="buying_centre",
                label=_("Buying centre"),
                icon="network",
                url_name="accounts:buying_centre",
                order=30,
                text=_("Who takes part in the decision, and who is missing"),
                state=presenters.state,
            )
        )
