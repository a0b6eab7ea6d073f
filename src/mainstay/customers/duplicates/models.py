"""Customers that are probably one and the same: scans, the pairs they found, the thresholds."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.shared.fields import LongText
from mainstay.shared.models import Stamped

from .choices import OPEN_STATES, PairState, Reach, ScanState, Zone

__all__ = ["OPEN_STATES", "Pair", "PairState", "Reach", "Scan", "ScanState", "Thresholds", "Zone"]


class Scan(Stamped):
    """One search for duplicates: what was asked, how it was weighed, what came of it."""

    reach = models.CharField(_("compared"), max_length=10, choices=Reach, default=Reach.EVERYTHING)
    as_of = models.DateTimeField(_("as of"))
    # Whose duplicates were asked for, if an import started the scan.
    imported_by = models.ForeignKey(
        "imports.Import", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rules_version = models.CharField(max_length=40, blank=True, default="")
    # The thresholds that were in force: merge_from, ask_from.
    settings = models.JSONField(default=dict)
    # Per kind of customer the trained model, so that new customers are weighed like the old ones.
    weights = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    # Match weights of the compared pairs in bins, and what each blocking rule covers, per kind.
    diagnostics = models.JSONField(default=dict)
    timings = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ScanState, default=ScanState.WAITING
    )
    reason = LongText(blank=True, default="")
    job_id = models.CharField(max_length=64, blank=True, default="")
    started_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(models.F("id").desc(), "state", name="duplicate_scan_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ScanState.values), name="duplicate_scan_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d} #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether the scan is still to be made."""
        return self.state in OPEN_STATES


class Pair(Stamped):
    """Two customers that are probably one; the one with the smaller number is the left.

    A pair that somebody keeps apart is not asked again, unless one of the records changes:
    the prints are those of the compared fields when it was last weighed or decided.
    """

    left = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    right = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    scan = models.ForeignKey(Scan, models.SET_NULL, null=True, related_name="pairs")
    kind = models.CharField(_("kind"), max_length=12)
    probability = models.FloatField(_("probability"))
    weight = models.FloatField(_("match weight in bits"))
    # One step per compared field: {"field", "level", "bits", "left", "right"}.
    waterfall = models.JSONField(default=list)
    zone = models.CharField(_("zone"), max_length=5, choices=Zone, default=Zone.ASK)
    state = models.CharField(_("state"), max_length=8, choices=PairState, default=PairState.OPEN)
    left_print = models.CharField(max_length=32, blank=True, default="", editable=False)
    right_print = models.CharField(max_length=32, blank=True, default="", editable=False)
    decided_by = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index("state", models.F("probability").desc(), "id", name="pair_by_probability")
        ]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
            models.CheckConstraint(
                condition=models.Q(left__lt=models.F("right")), name="pair_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1),
                name="pair_probability_is_one",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PairState.values), name="pair_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} = {self.right_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the order that makes a pair unique whichever way round it was found."""
        if self.left_id > self.right_id:
            self.left_id, self.right_id = self.right_id, self.left_id
            self.left_print, self.right_print = self.right_print, self.left_print
        super().save(*args, **kwargs)


class Thresholds(Stamped):
    """From which probability on two records are merged by rule, or a person is asked; one row."""

    merge_from = models.FloatField(_("merge by rule from"), default=0.999, db_default=0.999)
    ask_from = models.FloatField(_("ask a person from"), default=0.5, db_default=0.5)
    merges_by_rule = models.BooleanField(
        _("merge by rule, without asking"), default=False, db_default=False
    )
    after_imports = models.BooleanField(
        _("look for duplicates after every import"), default=True, db_default=True
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    ask_from__gt=0, merge_from__gte=models.F("ask_from"), merge_from__lte=1
                ),
                name="thresholds_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ask_from} – {self.merge_from}"
