from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "mainstay.shared.events"
    label = "events"

    def ready(self) -> None:
        """Take a place in the navigation; look now and then for what nobody has sent."""
        from mainstay.shared import attention, navigation
        from mainstay.shared.events import personal_data, presenters, tasks
        from mainstay.shared.jobs import schedule

        # After each change a worker is woken; this is for the change after which nobody could.
        schedule.every(minutes=15, name="events.send_waiting", task=tasks.send_waiting)
        schedule.every(minutes=24 * 60, name="events.forget_old", task=tasks.forget_old)
        personal_data.publish_entries()
        attention.register("webhooks", presenters.points)
        navigation.register(
            navigation.Entry(
                key="webhooks",
                label=_("Webhooks"),
                icon="webhook",
                url_name="webhooks:index",
                order=935,
                permission="api.use",
            )
        )
