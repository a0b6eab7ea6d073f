from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "mainstay.orders"

    def ready(self) -> None:
        """Say which right reads which field."""
        from mainstay.orders import permissions

        permissions.publish()
