"""Answers of customers, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal(
            "profiling.Answer",
            _("Answers to questions"),
            customer="customer",
            contact="contact",
            texts=("question__text", "question__key", "value", "source"),
        ),
        Impersonal("profiling.Question", "what is asked of everybody"),
    )
