"""Reads of users, teams and the company."""

from .models import Company


def company() -> Company:
    """Return the company's settings; an unsaved default until set-up is done."""
    return Company.objects.filter(id=1).first() or Company(id=1)
