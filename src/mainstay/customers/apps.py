from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "mainstay.customers"

    def ready(self) -> None:
        """Publish readable fields, navigation entries and palette sources."""
        from mainstay.customers import events, permissions, personal_data
        from mainstay.customers import palette as ours
        from mainstay.customers.changes.tasks import forget_old_changes
        from mainstay.customers.tasks import read_texts
        from mainstay.shared import navigation, palette
        from mainstay.shared.jobs import schedule

        palette.register(ours.customers, _("Customers"))
        palette.register(ours.contacts, _("Contacts"))
        palette.register(ours.tags, _("Tags"))
        palette.register(ours.interactions, _("Conversations"))
        for key, label, icon, url_name, order in (
            ("customers", _("Customers"), "users", "customers:list", 110),
            ("contacts", _("Contacts"), "contact", "customers:contacts", 120),
        ):
            navigation.register(
                navigation.Entry(
                    key=key,
                    label=label,
                    icon=icon,
                    url_name=url_name,
                    order=order,
                    permission="customers.view",
                )
            )
        permissions.publish()
        events.publish()
        personal_data.publish_entries()
        schedule.every(minutes=15, name="customers.read_texts", task=read_texts)
        schedule.every(
            minutes=24 * 60, name="customers.forget_old_changes", task=forget_old_changes
        )
