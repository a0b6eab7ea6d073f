from typing import Any

from django.apps import AppConfig
from django.utils import timezone


class PeopleConfig(AppConfig):
    name = "mainstay.people"

    def ready(self) -> None:
        """Tell the shell who may do what, and keep what people choose from its menus."""
        from mainstay.people import permissions
        from mainstay.shared import access, preferences

        access.decided_by(permissions.can)
        preferences.kept_by(_keep)


def _keep(user: Any, name: str, value: str) -> None:
    from mainstay.people.actions import prefer

    prefer(by=user, name=name, value=value, now=timezone.now())
