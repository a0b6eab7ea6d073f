from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "mainstay.customers.duplicates"
    label = "duplicates"
    verbose_name = _("Duplicates")

    def ready(self) -> None:
        from mainstay.customers.duplicates import after_imports, personal_data
        from mainstay.shared.navigation import Entry, register

        personal_data.publish_entries()
        after_imports.publish()
        register(
            Entry(
                key="searches",
                label=_("Searches"),
                icon="scan-search",
                url_name="duplicates:index",
                order=4,
                permission="duplicates.run",
                within="duplicates",
            )
        )
