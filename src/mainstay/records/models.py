from django.db import models
from django.db.models import F


class AuditEvent(models.Model):
    """Who did what to which thing. Rows hold names, not foreign keys, and never change."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=64)
    target_label = models.CharField(max_length=300)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    # Whom the thing is about, by number: what was noted of a person is found when it must go.
    customer_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["customer_id"],
                condition=models.Q(customer_id__isnull=False),
                name="audit_of_customer",
            ),
            models.Index(
                fields=["contact_id"],
                condition=models.Q(contact_id__isnull=False),
                name="audit_of_contact",
            ),
            models.Index(F("at").desc(), F("id").desc(), name="audit_at"),
            models.Index("actor", F("at").desc(), F("id").desc(), name="audit_actor"),
            models.Index("verb", F("at").desc(), F("id").desc(), name="audit_verb"),
            models.Index("target_type", "target_id", F("id").desc(), name="audit_target"),
        ]


class ErasureWarrant(models.Model):
    """While a row stands here, inside one transaction, content of events may be blanked."""

    reason = models.CharField(max_length=300)
