from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MovingConfig(AppConfig):
    name = "mainstay.project.moving"
    label = "moving"
    verbose_name = _("Export of everything")

    def ready(self) -> None:
        from mainstay.project.moving import personal_data, tasks
        from mainstay.shared import navigation
        from mainstay.shared.jobs import schedule

        personal_data.publish_entries()
        name = "moving.forget_exports"
        schedule.every(minutes=6 * 60, name=name, task=tasks.forget_exports)
        navigation.register(
            navigation.Entry(
                key="exports",
                label=_("Export everything"),
                icon="package",
                url_name="moving:exports",
                order=921,
                permission="everything.export",
                within="company",
            )
        )
