"""Users and teams for tests."""

from typing import Any

import factory

from mainstay.people.models import Role, Team, User

PASSWORD = "a quiet harbour 7"


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    name = factory.Sequence(lambda n: f"Team {n}")

    class Meta:
        model = Team


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person with a team of their own; signs in with PASSWORD."""

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")
    role = Role.READ_ONLY
    team = factory.SubFactory(TeamFactory)

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(
            kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs
        )
