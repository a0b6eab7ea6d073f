from django.apps import AppConfig


class CustomFieldsConfig(AppConfig):
    name = "mainstay.customers.custom_fields"
    label = "custom_fields"

    def ready(self) -> None:
        from mainstay.customers.custom_fields import personal_data

        personal_data.publish_entries()
