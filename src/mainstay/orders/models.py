"""Orders are facts: from files, the API or a connected source, each with its external reference."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import Text
from mainstay.shared.models import Archivable, Searchable, Stamped


class ProductCategory(models.Model):
    name = Text(_("name"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )

    def __str__(self) -> str:
        return self.name


class Product(Searchable, Stamped):
    source = models.ForeignKey("customers.Source", models.PROTECT, related_name="+")
    external_id = Text(_("product code"), max_length=120)
    name = Text(_("name"), max_length=200)
    category = models.ForeignKey(
        ProductCategory, models.SET_NULL, null=True, blank=True, related_name="products"
    )
    # Minor units of the company's currency for one unit; unknown is null, never zero.
    unit_cost_minor = models.BigIntegerField(_("unit cost"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="product_reference_once"
            ),
            models.CheckConstraint(
                condition=models.Q(unit_cost_minor__isnull=True) | models.Q(unit_cost_minor__gte=0),
                name="unit_cost_not_negative",
            ),
        ]
        indexes = [models.Index("sort_name", "id", name="product_by_name")]

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """One order, cancellation or return as its source knows it; returns carry negative lines."""

    source = models.ForeignKey("customers.Source", models.PROTECT, related_name="+")
    external_id = Text(_("order number"), max_length=120)
    # Null: the source named no customer; such an order counts in sales, not in customer value.
    customer = models.ForeignKey(
        "customers.Customer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        db_index=False,  # order_timeline begins with it
    )
    ordered_at = models.DateTimeField(_("ordered at"))
    currency = models.CharField(_("currency"), max_length=3)
    # The order that this return or cancellation takes back, where the source or a match tells it.
    reverses = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reversals",
        db_index=False,  # order_reversals holds the few that are one
    )
    is_return = models.BooleanField(_("return or cancellation"), default=False, db_default=False)
    # Sum of the lines, kept by the same action that writes them.
    amount_minor = models.BigIntegerField(_("amount"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="order_reference_once")
        ]
        indexes = [
            models.Index(fields=["customer", "-ordered_at", "-id"], name="order_timeline"),
            models.Index(fields=["-ordered_at", "-id"], name="order_newest"),
            models.Index(
                fields=["reverses"],
                condition=models.Q(reverses__isnull=False),
                name="order_reversals",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id


class LineKind(models.TextChoices):
    GOODS = "goods", _("Goods")
    POSTAGE = "postage", _("Postage")
    MANUAL = "manual", _("Manual")
    DISCOUNT = "discount", _("Discount")


class OrderLine(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    # The line's name within its order: the source's own, or its number there.
    external_id = Text(max_length=60)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False
    )
    kind = models.CharField(max_length=8, choices=LineKind, default=LineKind.GOODS)
    quantity = models.FloatField(_("quantity"))
    amount_minor = models.BigIntegerField(_("amount"))
    cost_minor = models.BigIntegerField(_("cost"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "external_id"], name="order_line_once")
        ]

    def __str__(self) -> str:
        return self.external_id


class Contract(Stamped):
    """What a customer has bound itself to buy, from when to when."""

    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="contracts", db_index=False
    )
    reference = Text(_("contract number"), max_length=80, blank=True, default="")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)
    # Null: not known yet.
    renewed = models.BooleanField(_("renewed"), null=True, blank=True)
    yearly_minor = models.BigIntegerField(_("amount a year"), default=0)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="contract_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(yearly_minor__gte=0), name="contract_amount_not_negative"
            ),
            models.UniqueConstraint(
                fields=["customer", "reference"],
                condition=~models.Q(reference=""),
                name="contract_once_per_customer",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-starts", "-id"], name="contract_by_customer"),
            models.Index(fields=["-starts", "-id"], name="contract_newest"),
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.starts}"


class ExchangeRate(models.Model):
    """What one unit of another currency was worth in the company's, from a day on."""

    currency = models.CharField(_("currency"), max_length=3)
    day = models.DateField(_("day"))
    rate = models.DecimalField(_("rate"), max_digits=19, decimal_places=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day}"


class MirrorDebt(models.Model):
    """What the columnar mirror does not know yet, written with the change itself.

    Each change writes its own debt: one that comes while an earlier debt of the same order is
    being paid must outlive that payment.
    """

    # Null: everything, the mirror has to be made anew.
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.order_id or "everything")


class Driver(models.TextChoices):
    """What makes an activity necessary; all but the last are counted from our own records."""

    ORDERS = "orders", _("Orders")
    LINES = "lines", _("Order lines")
    RETURNS = "returns", _("Returns")
    UNITS = "units", _("Units sold")
    VISITS = "visit", _("Visits")
    CALLS = "call", _("Calls")
    MEETINGS = "meeting", _("Meetings")
    EMAILS = "email", _("E-mails")
    LETTERS = "letter", _("Letters")
    COMPLAINTS = "complaint", _("Complaints")
    OWN = "own", _("Own quantities, from a file or the API")


class Activity(Archivable, Stamped):
    """Work done for customers, what it costs a year, and what drives it."""

    name = Text(_("name"), max_length=120, unique=True)
    # Minor units of the company's currency.
    yearly_cost_minor = models.BigIntegerField(_("cost per year"))
    driver = models.CharField(_("driver"), max_length=10, choices=Driver)
    # Both or neither: with them the activity is costed by time, else by a plain rate.
    capacity_hours = models.FloatField(_("capacity in hours per year"), null=True, blank=True)
    unit_minutes = models.FloatField(_("minutes for one"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(yearly_cost_minor__gte=0), name="activity_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity_hours__isnull=True, unit_minutes__isnull=True)
                | models.Q(capacity_hours__gt=0, unit_minutes__gt=0),
                name="activity_times_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DriverQuantity(models.Model):
    """How much of an activity's own driver a customer caused, on or up to a day."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="quantities", db_index=False
    )
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="driver_quantities"
    )
    day = models.DateField(_("day"))
    quantity = models.FloatField(_("quantity"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "day", "customer"], name="driver_quantity_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0), name="driver_quantity_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.quantity}"
