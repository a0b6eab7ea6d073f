from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "mainstay.records"

    def ready(self) -> None:
        from mainstay.records.actions import record
        from mainstay.shared import trail

        trail.publish(record)
