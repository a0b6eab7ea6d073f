from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "mainstay.customers.lifecycle"
    label = "lifecycle"
