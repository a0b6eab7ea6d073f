"""Roles in the buying centre, relations to build, layers of action."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    INITIATOR = "initiator", _("Initiator")
    ADVISER = "adviser", _("Adviser")
    DECIDER = "decider", _("Decider")
    APPROVER = "approver", _("Approver")
    BUYER = "buyer", _("Buyer")
    USER = "user", _("User")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")


class Relation(models.TextChoices):
    POWER = "power", _("Bargaining power")
    INFORMATION = "information", _("Exchange of information")
    COOPERATION = "cooperation", _("Cooperation")
    INSTITUTION = "institution", _("Institutionalisation")
    COMMITMENT = "commitment", _("Commitment")
    TRUST = "trust", _("Trust")
    DISTANCE = "distance", _("Less distance")
    OUTSIDE = "outside", _("Less influence of outside actors")


class Layer(models.TextChoices):
    PERSON = "person", _("For a person")
    OPERATIONAL = "operational", _("Operational")
    STRATEGIC = "strategic", _("Strategic")
