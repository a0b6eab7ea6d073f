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
        icon, right = "shield-check", "privacy.admin"
        main = navigation.Entry(
            key="privacy",
            label=_("Personal data"),
            icon=icon,
            url_name="privacy:cases",
            order=935,
            permission=right,
        )
        navigation.register(main)
        tabs = (
            ("privacy-cases", _("Requests"), icon, "privacy:cases", right),
            ("privacy-purposes", _("Purposes"), icon, "privacy:purposes", right),
            ("privacy-register", _("Register"), icon, "privacy:register", right),
        )
        navigation.register_tabs("privacy", tabs, order=935)
