from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaptureConfig(AppConfig):
    name = "mainstay.customers.capture"
    label = "capture"
    verbose_name = _("Capture")

    def ready(self) -> None:
        """Take a place in the navigation and tell what is waiting in the inbox."""
        from mainstay.customers.capture import personal_data, presenters, queries
        from mainstay.customers.talks import files
        from mainstay.shared import attention
        from mainstay.shared.navigation import Entry, register, register_tabs

        icon, right = "qr-code", "customers.view"
        main = Entry(
            key="capture",
            label=_("Capture"),
            icon=icon,
            url_name="capture:index",
            order=160,
            permission=right,
        )
        register(main)
        tabs = (
            ("capture_forms", _("Forms"), icon, "capture:index", right),
            ("capture_inbox", _("Inbox"), icon, "capture:inbox", right),
            ("capture_coupons", _("Coupons"), icon, "capture:coupons", right),
        )
        register_tabs("capture", tabs, order=161)
        attention.register("capture", presenters.points)
        personal_data.publish_entries()
        files.claim("capture", queries.gift_places)
