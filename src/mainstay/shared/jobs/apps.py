from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mainstay.shared.jobs"
    label = "jobs"
