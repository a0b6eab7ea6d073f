"""Forms the company builds, where they are met, who answered, and what they got in return."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.customers.privacy.choices import ConsentChannel
from mainstay.shared.fields import LongText, Text
from mainstay.shared.models import Archivable, Stamped


class Gift(models.TextChoices):
    """What the contact gets in return."""

    NONE = "none", _("A thank-you")
    LINK = "link", _("A link, to a file or a page")
    FILE = "file", _("A file")
    COUPON = "coupon", _("A coupon code")


class CouponBatch(Stamped):
    """Codes made in one go, for one benefit."""

    name = Text(_("name"), max_length=80, unique=True)
    benefit = Text(_("what it is good for"), max_length=200)
    prefix = Text(_("codes begin with"), max_length=8, blank=True, default="")
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class CaptureForm(Archivable, Stamped):
    """A form that captures contacts, with what they get, agree to and where they count."""

    name = Text(_("name"), max_length=80, unique=True)
    title = Text(_("heading"), max_length=120)
    intro = LongText(_("text above the fields"), max_length=2000, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, default="en")
    script = LongText(_("what the agent says"), max_length=8000, blank=True, default="")
    thanks = LongText(_("text shown afterwards"), max_length=2000, blank=True, default="")
    gift = models.CharField(_("in return"), max_length=8, choices=Gift, default=Gift.NONE)
    gift_link = Text(_("link"), max_length=400, blank=True, default="")
    # The file that is given: its name, and where it lies beside the files of conversations.
    file_name = Text(max_length=150, blank=True, default="", editable=False)
    file_place = models.CharField(max_length=64, blank=True, default="", editable=False)
    batch = models.ForeignKey(
        CouponBatch,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="forms",
        verbose_name=_("coupons from"),
    )
    purpose = models.ForeignKey(
        "privacy.Purpose",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("consent"),
    )
    consent_channel = models.CharField(
        _("by"), max_length=8, choices=ConsentChannel, default=ConsentChannel.EMAIL
    )
    wording = LongText(_("wording of the consent"), max_length=2000, blank=True, default="")
    wording_version = models.PositiveIntegerField(default=1)
    consent_required = models.BooleanField(_("only with consent"), default=False)
    confirmed_by_mail = models.BooleanField(_("address confirmed by e-mail"), default=False)
    channel = models.ForeignKey(
        "customers.AcquisitionChannel",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counts for the channel"),
    )
    campaign = models.ForeignKey(
        "customers.AcquisitionCampaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("campaign"),
    )
    sites = Text(_("web sites that may show it"), max_length=600, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class FieldKind(models.TextChoices):
    NAME = "name", _("Full name")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    ORGANISATION = "organisation", _("Organisation")
    POSITION = "position", _("Position")
    CITY = "city", _("City")
    COUNTRY = "country", _("Country")
    INDUSTRY = "industry", _("Industry")
    TEXT = "text", _("Own question: text")
    CHOICE = "choice", _("Own question: choice")
    YES_NO = "yes_no", _("Own question: yes or no")


class FormField(models.Model):
    """A field of a form, at its place."""

    form = models.ForeignKey(CaptureForm, models.CASCADE, related_name="fields")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("field"), max_length=14, choices=FieldKind)
    label = Text(_("label"), max_length=120, blank=True, default="")
    options = LongText(_("choices"), max_length=2000, blank=True, default="")
    required = models.BooleanField(_("required"), default=False)

    def __str__(self) -> str:
        return self.label or str(FieldKind(self.kind).label)


class Medium(models.TextChoices):
    LINK = "link", _("Link")
    WEB = "web", _("On a web page")
    QR = "qr", _("QR code")
    COUNTER = "counter", _("Point of sale")
    PHONE = "phone", _("Telephone")


class Touchpoint(Stamped):
    """Where a form is met; its address carries a random token that can be revoked."""

    form = models.ForeignKey(CaptureForm, models.CASCADE, related_name="touchpoints")
    name = Text(_("where"), max_length=80)
    medium = models.CharField(_("how"), max_length=8, choices=Medium, default=Medium.LINK)
    token = models.CharField(max_length=32, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Times the page was looked at, and visitors that somebody counted: no one is told apart.
    views = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(
        _("visitors counted by hand"), default=0, validators=[MinValueValidator(0)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "name"], name="touchpoint_once")]

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    WAITING = "waiting", _("Waits for confirmation")
    NEW = "new", _("New")
    MATCHED = "matched", _("Known contact")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Capture(models.Model):
    """What somebody filled in, with its source and consent."""

    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="captures")
    # Drawn for the page that was sent in: pressing twice is one capture.
    nonce = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    name = Text(_("name"), max_length=150, blank=True, default="")
    email = Text(_("e-mail"), max_length=254, blank=True, default="")
    phone = Text(_("phone"), max_length=40, blank=True, default="")
    organisation = Text(_("organisation"), max_length=200, blank=True, default="")
    position = Text(_("position"), max_length=120, blank=True, default="")
    city = Text(_("city"), max_length=120, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    industry = Text(_("industry"), max_length=120, blank=True, default="")
    # [[question, answer], …] of the form's own questions.
    answers = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10, blank=True, default="")
    captured_at = models.DateTimeField()
    entered_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    consented = models.BooleanField(default=False)
    purpose = models.ForeignKey("privacy.Purpose", models.PROTECT, null=True, related_name="+")
    consent_channel = models.CharField(
        max_length=8, choices=ConsentChannel, default=ConsentChannel.EMAIL
    )
    wording = LongText(max_length=2000, blank=True, default="")
    wording_version = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmation = models.CharField(max_length=32, null=True, blank=True, unique=True)
    customer = models.ForeignKey(
        "customers.Customer", models.SET_NULL, null=True, related_name="captures"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.SET_NULL, null=True, related_name="captures"
    )
    decided_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-captured_at", "-id"], name="capture_newest"),
            models.Index(fields=["touchpoint", "-captured_at"], name="capture_by_place"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone


class Coupon(models.Model):
    """A code, given to a contact or printed, good once."""

    batch = models.ForeignKey(CouponBatch, models.CASCADE, related_name="coupons")
    code = models.CharField(max_length=24, unique=True)
    capture = models.OneToOneField(Capture, models.SET_NULL, null=True, related_name="coupon")
    given_at = models.DateTimeField(null=True, blank=True)
    redeemed_at = models.DateTimeField(null=True, blank=True)
    redeemed_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    note = Text(_("note"), max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["batch", "id"],
                condition=models.Q(given_at__isnull=True, redeemed_at__isnull=True),
                name="coupon_free",
            )
        ]

    def __str__(self) -> str:
        return self.code
