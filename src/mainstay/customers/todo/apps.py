from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TodoConfig(AppConfig):
    name = "mainstay.customers.todo"
    label = "todo"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Publish navigation, the timeline's source, what is due, and the reminders' clock."""
        from mainstay.customers.todo import personal_data, presenters, sources
        from mainstay.customers.todo.tasks import remind
        from mainstay.shared import attention
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register

        personal_data.publish_entries()
        sources.publish()
        attention.register("todo", presenters.points)
        schedule.every(minutes=5, name="todo.remind", task=remind)
        register(
            Entry(
                key="tasks",
                label=_("Tasks"),
                icon="list-checks",
                url_name="todo:mine",
                order=20,
                permission="customers.view",
            )
        )
