from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "mainstay.shared"

    def ready(self) -> None:
        from mainstay.shared import own_personal_data

        own_personal_data.publish_entries()
