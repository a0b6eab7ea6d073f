from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "mainstay.records"

    def ready(self) -> None:
        from mainstay.records import personal_data
        from mainstay.records.actions import record
        from mainstay.shared import navigation, trail

        trail.publish(record)
        personal_data.publish_entries()
        navigation.register(
            navigation.Entry(
                key="records",
                label=_("Audit log"),
                icon="scroll-text",
                url_name="records:index",
                order=940,
                permission="records.view",
            )
        )
