from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TodoConfig(AppConfig):
    name = "mainstay.customers.todo"
    label = "todo"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Publish the register of personal data."""
        from mainstay.customers.todo import personal_data

        personal_data.publish_entries()
