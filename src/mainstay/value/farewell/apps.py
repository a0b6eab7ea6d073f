from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FarewellConfig(AppConfig):
    name = "mainstay.value.farewell"
    label = "farewell"
    verbose_name = _("Farewell")

    def ready(self) -> None:
        """Take two tabs beside the segments, and bring the segments that the first rule asks."""
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register
        from mainstay.shared.personal_data import Impersonal, Personal, publish
        from mainstay.value.farewell import presets, tasks

        presets.publish()
        schedule.every(minutes=24 * 60, name="farewell.ship", task=tasks.ship)
        for order, (key, label, icon, url_name, right) in enumerate(
            (
                ("segments-all", _("Segments"), "group", "segments:index", "customers.view"),
                ("resources", _("Effort and value"), "scale", "farewell:resources", "money.view"),
                ("farewell", _("Farewell"), "door-open", "farewell:worklist", "money.view"),
            )
        ):
            register(
                Entry(
                    key=key, label=label, icon=icon, url_name=url_name, order=125 + order,
                    permission=right, within="segments",
                )
            )  # fmt: skip
        publish(
            Personal(
                "farewell.FarewellDecision",
                _("Decisions about parting"),
                customer="customer",
                texts=("reason",),
            ),
            Impersonal("farewell.FarewellRule", "which segments are asked"),
        )
