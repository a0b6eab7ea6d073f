from typing import Any

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "mainstay.people"

    def ready(self) -> None:
        """Tell the shell who may do what, and keep what people choose from its menus."""
        from mainstay.people import permissions, personal_data
        from mainstay.people.lists import keeper
        from mainstay.shared import access, navigation, preferences
        from mainstay.shared.lists import saved

        access.decided_by(permissions.can, permissions.kept_from)
        access.hidden_by(permissions.kept_from_history)
        personal_data.publish_entries()
        preferences.kept_by(_keep)
        saved.kept_by(keeper())
        for entry in _entries():
            navigation.register(entry)


def _keep(user: Any, name: str, value: str) -> None:
    from mainstay.people.actions import prefer

    prefer(by=user, name=name, value=value, now=timezone.now())


def _entries() -> list[Any]:
    from mainstay.shared.navigation import Entry

    return [
        Entry(
            key="people",
            label=_("Users and teams"),
            icon="users-round",
            url_name="people:members",
            apart=("people:profile", "people:access", "people:tokens"),
            order=910,
            permission="people.view",
        ),
        Entry(
            key="company",
            label=_("Company settings"),
            icon="building-2",
            url_name="people:company",
            order=920,
            permission="people.admin",
        ),
        Entry(
            key="company-settings",
            label=_("Settings"),
            icon="building-2",
            url_name="people:company",
            order=920,
            permission="people.admin",
            within="company",
        ),
    ]
