from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaptureConfig(AppConfig):
    name = "mainstay.customers.capture"
    label = "capture"
    verbose_name = _("Capture")

    def ready(self) -> None:
        """Take a place in the navigation and tell what is waiting in the inbox."""
        from mainstay.customers.capture import personal_data, presenters
        from mainstay.shared import attention
        from mainstay.shared.navigation import Entry, register

        for key, label, name, order, permission, within in (
            ("capture", _("Capture"), "index", 160, "customers.view", ""),
            ("capture_forms", _("Forms"), "index", 161, "customers.view", "capture"),
            ("capture_inbox", _("Inbox"), "inbox", 162, "customers.view", "capture"),
            ("capture_coupons", _("Coupons"), "coupons", 163, "customers.view", "capture"),
        ):
            register(
                Entry(
                    key=key,
                    label=label,
                    icon="qr-code",
                    url_name=f"capture:{name}",
                    order=order,
                    permission=permission,
                    within=within,
                )
            )
        attention.register("capture", presenters.points)
        personal_data.publish_entries()
