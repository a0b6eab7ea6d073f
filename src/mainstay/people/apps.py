from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mainstay.people"

    def ready(self) -> None:
        from mainstay.people.permissions import can
        from mainstay.shared import access

        access.decided_by(can)
