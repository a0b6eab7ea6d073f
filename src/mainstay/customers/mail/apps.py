from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mainstay.customers.mail"
    label = "mail"
    verbose_name = _("E-mails")

    def ready(self) -> None:
        """Take a tab beside the conversations, and tell conversations what an e-mail has beyond."""
        from mainstay.customers.mail import personal_data, presenters, tasks
        from mainstay.customers.mail.choices import FEWEST_MINUTES
        from mainstay.customers.talks import extras
        from mainstay.shared import attention
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register

        personal_data.publish_entries()
        attention.register("mail", presenters.points)
        extras.publish("mail/letter.html", presenters.letter)
        name = "mail.delete_old_files"
        schedule.every(minutes=24 * 60, name=name, task=tasks.delete_old_files)
        minutes, name = FEWEST_MINUTES, "mail.read_mailboxes"
        schedule.every(minutes=minutes, name=name, task=tasks.read_due_mailboxes)
        for key, label, url_name, order in (
            ("talks_list", _("All"), "talks:list", 125),
            ("mail", _("E-mails"), "mail:index", 126),
        ):
            entry = Entry(
                key=key, label=label, icon="mail", url_name=url_name, order=order,
                permission="interactions.edit", within="talks",
            )  # fmt: skip
            register(entry)
