from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "mainstay.customers.lifecycle"
    label = "lifecycle"

    def ready(self) -> None:
        from mainstay.customers.lifecycle import personal_data

        personal_data.publish_entries()
