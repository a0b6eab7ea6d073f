"""Customers, the people we know there, and what was said to whom."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared import versions
from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Searchable, Stamped

from .changes.models import ChangedCustomer, ManyChange  # noqa: F401 - Django looks here
from .interactions import Interaction as Interaction  # noqa: PLC0414 - others read it from here
from .recommendations.models import Recommendation  # noqa: F401 - Django looks for models here


class Source(Stamped):
    """Where records come from: a file, the API or a connected system."""

    name = Text(_("name"), max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    name = Text(_("name"), max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class AcquisitionChannel(models.Model):
    """A way by which customers come to us: a fair, the website, a recommendation."""

    name = Text(_("name"), max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class AcquisitionCampaign(models.Model):
    """One effort within a channel to win customers."""

    channel = models.ForeignKey(AcquisitionChannel, models.CASCADE, related_name="campaigns")
    name = Text(_("name"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "name"], name="campaign_once_per_channel")
        ]

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")


class Customer(Archivable, Searchable, Stamped):
    """An organisation or a person that buys from us, or may."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORGANISATION)
    name = Text(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("parent organisation"),
    )
    owner = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("owner"),
        db_index=False,
    )
    team = models.ForeignKey(
        "people.Team",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("team"),
        db_index=False,
    )
    email = Text(_("e-mail"), max_length=254, blank=True, default="")
    phone = Text(_("phone"), max_length=40, blank=True, default="")
    website = Text(_("website"), max_length=200, blank=True, default="")
    tax_number = Text(_("tax number"), max_length=40, blank=True, default="")
    industry = Text(_("industry"), max_length=120, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    city = Text(_("city"), max_length=120, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    founded_year = models.PositiveSmallIntegerField(
        _("year founded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9999)],
    )
    description = LongText(_("description of the business"), blank=True, default="")
    particulars = LongText(_("particulars"), blank=True, default="")
    relationship = LongText(_("history of the relationship"), blank=True, default="")
    acquisition_channel = models.ForeignKey(
        AcquisitionChannel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("acquisition channel"),
        db_index=False,
    )
    acquisition_campaign = models.ForeignKey(
        AcquisitionCampaign,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("acquisition campaign"),
        db_index=False,
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="customers")
    restricted = models.BooleanField(_("processing restricted"), default=False, db_default=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        indexes = [
            models.Index("sort_name", "id", "archived_at", name="customer_by_name"),
            models.Index("owner", "sort_name", "id", "archived_at", name="customer_by_owner"),
            models.Index("team", "sort_name", "id", "archived_at", name="customer_by_team"),
            models.Index("kind", "sort_name", "id", "archived_at", name="customer_by_kind"),
            models.Index("country", "sort_name", "id", "archived_at", name="customer_by_country"),
            models.Index("industry", "sort_name", "id", "archived_at", name="customer_by_industry"),
            models.Index(
                fields=["parent", "sort_name", "id"],
                condition=models.Q(parent__isnull=False),
                name="customer_by_parent",
            ),
            models.Index(
                fields=["acquisition_channel", "sort_name", "id"],
                condition=models.Q(acquisition_channel__isnull=False),
                name="customer_by_channel",
            ),
            models.Index(
                fields=["acquisition_campaign"],
                condition=models.Q(acquisition_campaign__isnull=False),
                name="customer_by_campaign",
            ),
            # Few, and asked for by every analysis: who is left out.
            models.Index(
                fields=["id"], condition=models.Q(restricted=True), name="customer_restricted"
            ),
            # Taken off what is counted of everybody.
            models.Index(
                fields=["id"],
                condition=models.Q(archived_at__isnull=False),
                name="customer_archived",
            ),
            models.Index(
                models.F("created_at").desc(),
                models.F("id").desc(),
                "archived_at",
                name="customer_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="customer_not_own_parent"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="customer_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ExternalReference(models.Model):
    """The name under which a source knows a customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="references")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    external_id = Text(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="customer_reference_once"
            )
        ]

    def __str__(self) -> str:
        return self.external_id


class ContactReference(models.Model):
    """The name under which a source knows a contact."""

    contact = models.ForeignKey("customers.Contact", models.CASCADE, related_name="references")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    external_id = Text(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="contact_reference_once")
        ]

    def __str__(self) -> str:
        return self.external_id


class AddressKind(models.TextChoices):
    MAIN = "main", _("Main")
    BILLING = "billing", _("Billing")
    DELIVERY = "delivery", _("Delivery")


class Address(Stamped):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind, default=AddressKind.MAIN)
    street = Text(_("street"), max_length=200, blank=True, default="")
    postcode = Text(_("postcode"), max_length=20, blank=True, default="")
    city = Text(_("city"), max_length=120, blank=True, default="")
    region = Text(_("region"), max_length=120, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street, self.postcode, self.city) if part)

    @property
    def version(self) -> int:
        return versions.content(self, ("kind", "street", "postcode", "city", "region", "country"))


class Contact(Archivable, Searchable, Stamped):
    """A person we know; may belong to several organisations over time."""

    name = Text(_("name"), max_length=150)
    email = Text(_("e-mail"), max_length=254, blank=True, default="")
    phone = Text(_("phone"), max_length=40, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    notes = LongText(_("notes"), blank=True, default="")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    customers: "models.ManyToManyField[Customer, Affiliation]" = models.ManyToManyField(
        Customer, through="Affiliation", related_name="contacts"
    )

    class Meta:
        indexes = [models.Index("sort_name", "id", "archived_at", name="contact_by_name")]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A contact's place at a customer, with its dates."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="affiliations")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="affiliations")
    position = Text(_("position"), max_length=120, blank=True, default="")
    from_date = models.DateField(_("from"), null=True, blank=True)
    to_date = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_date__isnull=True)
                | models.Q(to_date__isnull=True)
                | models.Q(to_date__gte=models.F("from_date")),
                name="affiliation_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.position

    @property
    def version(self) -> int:
        return versions.content(self, ("position", "from_date", "to_date"))
