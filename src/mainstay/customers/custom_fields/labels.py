"""What the types of fields, and what has them, are called."""

from django.utils.translation import gettext_lazy as _

from .rules import Subject, Type

SUBJECTS = [(Subject.CUSTOMER, _("Customers")), (Subject.CONTACT, _("Contacts"))]
TYPES = [
    (Type.TEXT, _("Text")),
    (Type.LONG_TEXT, _("Long text")),
    (Type.WHOLE, _("Whole number")),
    (Type.DECIMAL, _("Decimal number")),
    (Type.MONEY, _("Money")),
    (Type.YES_NO, _("Yes or no")),
    (Type.DAY, _("Day")),
    (Type.MOMENT, _("Day and time")),
    (Type.CHOICE, _("One of a list")),
    (Type.CHOICES, _("Several of a list")),
    (Type.USER, _("Colleague")),
    (Type.URL, _("Web address")),
    (Type.EMAIL, _("E-mail")),
]
