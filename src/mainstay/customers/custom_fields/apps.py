from django.apps import AppConfig


class CustomFieldsConfig(AppConfig):
    name = "mainstay.customers.custom_fields"
    label = "custom_fields"
