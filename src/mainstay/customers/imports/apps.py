from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "mainstay.customers.imports"
    label = "imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        from mainstay.customers.imports import customers_kind, kinds

        kinds.register(customers_kind.KIND)
