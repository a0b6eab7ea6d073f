"""Reads of the audit log."""

from django.db import models

from mainstay.records.models import AuditEvent


def history_of(target: models.Model) -> models.QuerySet[AuditEvent]:
    """Return the events about one thing, latest first; who may see it may see its history."""
    return AuditEvent.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    ).order_by("-at", "-id")
