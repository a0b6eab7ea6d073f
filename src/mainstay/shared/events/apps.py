from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "mainstay.shared.events"
    label = "events"

    def ready(self) -> None:
        from mainstay.shared.events import personal_data

        personal_data.publish_entries()
