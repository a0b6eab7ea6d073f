from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "mainstay.shared.events"
    label = "events"
