from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "mainstay.value"

    def ready(self) -> None:
        """Say which right reads which field."""
        from mainstay.value import permissions

        permissions.publish()
