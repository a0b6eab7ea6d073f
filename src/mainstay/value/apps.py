from django.apps import AppConfig

# What a run says of a customer: a picture of that day, which a later merge does not repaint.
RESULTS = (
    "value.CustomerValue",
    "value.CustomerMove",
    "value.CustomerGap",
    "value.LostCustomer",
    "value.CustomerProfit",
    "value.ProfitCell",
    "value.NetValue",
)


class ValueConfig(AppConfig):
    name = "mainstay.value"

    def ready(self) -> None:
        """Take a place in the navigation and add the value of each customer to their list."""
        from mainstay.customers.fields import publish
        from mainstay.customers.imports import kinds
        from mainstay.customers.merging import relations as merging
        from mainstay.customers.quality.published import publish_classes
        from mainstay.shared.jobs import schedule
        from mainstay.value import events, pages, permissions, personal_data, queries, segments
        from mainstay.value.acquisition.imports import CHANNEL_COSTS
        from mainstay.value.churn.lists import CUSTOMER_LOSSES
        from mainstay.value.gaps.lists import CUSTOMER_GAPS
        from mainstay.value.lists import CUSTOMER_VALUE
        from mainstay.value.net_value.lists import CUSTOMER_NET_VALUE
        from mainstay.value.profitability import publishing as profitability
        from mainstay.value.retention.tasks import forget_old_runs

        permissions.publish()
        events.publish()
        personal_data.publish_entries()
        segments.publish()
        schedule.every(minutes=24 * 60, name="value.forget_old_runs", task=forget_old_runs)
        publish(CUSTOMER_VALUE)
        publish(CUSTOMER_GAPS)
        publish(CUSTOMER_LOSSES)
        profitability.publish()
        publish(CUSTOMER_NET_VALUE)
        pages.publish()
        publish_classes(lambda ids: queries.classes_of(ids, run=queries.current_run()))
        kinds.register(CHANNEL_COSTS)
        _publish_for_the_page_of_a_customer()
        merging.stays(*RESULTS)


def _publish_for_the_page_of_a_customer() -> None:
    """Put cards on a customer's page and steps of value on its timeline."""
    from mainstay.customers import cards
    from mainstay.value.churn.customer import card as churn_card
    from mainstay.value.gaps.presenters import card as gaps_card
    from mainstay.value.groups.presenters import card as group_card
    from mainstay.value.movements import timeline
    from mainstay.value.net_value.presenters import card as net_value_card
    from mainstay.value.presenters.customer import card

    cards.publish("value", card, order=10)
    cards.publish("group", group_card, order=60)
    cards.publish("gaps", gaps_card, order=40)
    cards.publish("churn", churn_card, order=50)
    cards.publish("net_value", net_value_card, order=20)
    timeline.publish()
