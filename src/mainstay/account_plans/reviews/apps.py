from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "mainstay.account_plans.reviews"
    label = "account_reviews"

    def ready(self) -> None:
        from mainstay.account_plans import tabs
        from mainstay.account_plans.reviews import personal_data, presenters

        personal_data.publish_entries()
        tabs.register(
            tabs.Tab(
                key="reviews",
                label=_("Reviews"),
                icon="presentation",
                url_name="accounts:reviews",
                order=70,
                text=_("Review meetings with the customer: agenda, decisions, follow-up"),
                state=presenters.state,
            )
        )
