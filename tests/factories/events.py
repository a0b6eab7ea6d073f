"""Endpoints for tests."""

from typing import Any

import factory

from mainstay.shared.events.models import Endpoint, Subscription
from tests.conftest import NOW
from tests.factories.people import UserFactory


class EndpointFactory(factory.django.DjangoModelFactory[Endpoint]):
    """An endpoint of its owner; `wants` names the events."""

    owner = factory.SubFactory(UserFactory, role="administrator")
    name = factory.Sequence(lambda n: f"Endpoint {n}")
    url = "https://shop.example/hook"
    salt = "salt"
    created_at = NOW

    class Meta:
        model = Endpoint
        skip_postgeneration_save = True

    @factory.post_generation
    def wants(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        for name in extracted or []:
            Subscription.objects.create(endpoint=self, event=name)
