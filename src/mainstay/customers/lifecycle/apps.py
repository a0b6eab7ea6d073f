from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecycleConfig(AppConfig):
    name = "mainstay.customers.lifecycle"
    label = "lifecycle"

    def ready(self) -> None:
        """Add stages to the list and the page of customers, and compute them every day."""
        from mainstay.customers import cards
        from mainstay.customers.fields import publish
        from mainstay.customers.lifecycle import (
            after_imports,
            personal_data,
            segments,
            timeline,
        )
        from mainstay.customers.lifecycle.lists import CUSTOMER_STAGES
        from mainstay.customers.lifecycle.presenters import card
        from mainstay.customers.lifecycle.tasks import compute_stages
        from mainstay.shared import navigation
        from mainstay.shared.jobs import schedule

        personal_data.publish_entries()
        publish(CUSTOMER_STAGES)
        cards.publish("lifecycle", card, place=cards.Place.SIDE, order=10)
        segments.publish()
        timeline.publish()
        after_imports.publish()
        schedule.every(minutes=24 * 60, name="lifecycle.compute_stages", task=compute_stages)
        navigation.register(
            navigation.Entry(
                key="lifecycle",
                label=_("Lifecycle"),
                icon="milestone",
                url_name="lifecycle:funnel",
                order=123,
                permission="customers.view",
            )
        )
