from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "mainstay.customers.imports"
    label = "imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        from mainstay.customers.imports import customers_kind, kinds
        from mainstay.shared.navigation import Entry, register

        kinds.register(customers_kind.KIND)
        register(
            Entry(
                key="imports",
                label=_("Import"),
                icon="upload",
                url_name="imports:index",
                order=180,
                permission="customers.import",
            )
        )
