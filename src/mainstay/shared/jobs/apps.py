from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "mainstay.shared.jobs"
    label = "jobs"

    def ready(self) -> None:
        from mainstay.shared import navigation
        from mainstay.shared.jobs import personal_data, schedule, tasks

        personal_data.publish_entries()
        schedule.every(minutes=24 * 60, name="jobs.forget_old", task=tasks.forget_old)
        schedule.every(minutes=24 * 60, name="jobs.keep_quick", task=tasks.keep_quick)
        navigation.register(
            navigation.Entry(
                key="jobs",
                label=_("Jobs"),
                icon="list-checks",
                url_name="jobs:index",
                order=930,
                permission="jobs.view",
            )
        )
