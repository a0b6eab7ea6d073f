from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "mainstay.customers"

    def ready(self) -> None:
        """Say which right reads which field."""
        from mainstay.customers import permissions

        permissions.publish()
