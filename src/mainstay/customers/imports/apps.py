from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "mainstay.customers.imports"
    label = "imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        from mainstay.customers.imports import customers_kind, kinds, personal_data, tasks
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register

        kinds.register(customers_kind.KIND)
        personal_data.publish_entries()
        name = "imports.delete_old_files"
        schedule.every(minutes=24 * 60, name=name, task=tasks.delete_old_files)
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
