from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationshipConfig(AppConfig):
    name = "mainstay.account_plans.relationship"
    label = "account_relations"

    def ready(self) -> None:
        from mainstay.account_plans import tabs
        from mainstay.account_plans.relationship import personal_data, presenters

        personal_data.publish_entries()
        tabs.register(
            tabs.Tab(
                key="relationship",
                label=_("Relationship"),
                icon="handshake",
                url_name="accounts:relationship",
                order=20,
                text=_("Nine criteria, rated on both sides"),
                state=presenters.state,
            )
        )
