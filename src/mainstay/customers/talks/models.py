"""What hangs on a conversation: more people, mentions of colleagues, files, names elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text


class Participant(models.Model):
    """Somebody who took part beside the main two: a contact of theirs, or one of our people.

    It repeats the conversation's moment, so that a person's timeline reads along an index.
    """

    interaction = models.ForeignKey(
        "customers.Interaction", models.CASCADE, related_name="participants"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        "people.User", models.CASCADE, null=True, related_name="+", db_index=False
    )
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["contact", "-occurred_at", "-interaction"], name="participant_contact"
            ),
            models.Index(fields=["user", "-occurred_at", "-interaction"], name="participant_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact__isnull=True, user__isnull=False)
                | models.Q(contact__isnull=False, user__isnull=True),
                name="participant_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["interaction", "contact"], name="contact_takes_part_once"
            ),
            models.UniqueConstraint(fields=["interaction", "user"], name="user_takes_part_once"),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.user)


class Mention(models.Model):
    """A colleague named in a conversation, who finds it among what waits for them."""

    interaction = models.ForeignKey(
        "customers.Interaction", models.CASCADE, related_name="mentions"
    )
    user = models.ForeignKey("people.User", models.CASCADE, related_name="mentions", db_index=False)
    made_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="mention_of_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="mention_unread"),
            models.Index(fields=["made_by"], name="mention_made_by"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["interaction", "user"], name="mentioned_once")
        ]

    def __str__(self) -> str:
        return f"@{self.user}"


class Attachment(models.Model):
    """A file of a conversation; it lies under a random name, outside of what the web serves."""

    interaction = models.ForeignKey(
        "customers.Interaction", models.CASCADE, related_name="attachments"
    )
    name = Text(_("file"), max_length=150)
    place = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"))
    added_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class InteractionReference(models.Model):
    """The name under which a source knows a conversation."""

    interaction = models.ForeignKey(
        "customers.Interaction", models.CASCADE, related_name="references"
    )
    source = models.ForeignKey("customers.Source", models.PROTECT, related_name="+", db_index=False)
    external_id = Text(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="interaction_reference_once"
            )
        ]

    def __str__(self) -> str:
        return self.external_id
