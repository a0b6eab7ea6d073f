"""Base models."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stamped(models.Model):
    """A record that knows when it was made and last changed."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class Archivable(models.Model):
    """A record that is put away, never deleted."""

    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Searchable(models.Model):
    """A record found by words; `shared.text` makes both columns."""

    # The name without case and accents: one order on every database.
    sort_name = models.CharField(max_length=80, editable=False, blank=True, default="")
    search = models.TextField(editable=False, blank=True, default="")

    class Meta:
        abstract = True


class KeptAnswer(models.Model):
    """The answer to a write of the API, kept for the client that asks again with the same key."""

    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="answer_key_once")]


class RequestCount(models.Model):
    """How many requests were granted to a client in its latest minute, over all processes."""

    client = models.CharField(max_length=64, primary_key=True)
    minute = models.PositiveBigIntegerField()
    granted = models.PositiveBigIntegerField()
