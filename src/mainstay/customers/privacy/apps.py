from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "mainstay.customers.privacy"
    label = "privacy"
    verbose_name = _("Personal data")

    def ready(self) -> None:
        from mainstay.customers import cards
        from mainstay.customers.privacy import personal_data, tasks
        from mainstay.customers.privacy.presenters import restriction_card
        from mainstay.shared import navigation
        from mainstay.shared.jobs import schedule

        personal_data.publish_entries()
        cards.publish("restriction", restriction_card, place=cards.Place.NOTICE)
        name = "privacy.forget_packages"
        schedule.every(minutes=24 * 60, name=name, task=tasks.forget_packages)
        for key, label, url_name, within in (
            ("privacy", _("Personal data"), "cases", ""),
            ("privacy-cases", _("Requests"), "cases", "privacy"),
            ("privacy-purposes", _("Purposes"), "purposes", "privacy"),
            ("privacy-register", _("Register"), "register", "privacy"),
        ):
            navigation.register(
                navigation.Entry(
                    key=key,
                    label=label,
                    icon="shield-check",
                    url_name=f"privacy:{url_name}",
                    order=935,
                    permission="privacy.admin",
                    within=within,
                )
            )
