from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mainstay.shared.jobs"
    label = "jobs"

    def ready(self) -> None:
        from mainstay.shared.jobs import schedule, tasks

        schedule.every(minutes=24 * 60, name="jobs.forget_old", task=tasks.forget_old)
