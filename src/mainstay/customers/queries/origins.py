"""Reads of how customers came to us."""

from django.db.models import QuerySet

from mainstay.customers.models import AcquisitionCampaign, AcquisitionChannel, Customer


def channels() -> QuerySet[AcquisitionChannel]:
    """Return the channels by which customers come, by name."""
    return AcquisitionChannel.objects.order_by("name")


def campaigns() -> QuerySet[AcquisitionCampaign]:
    """Return the campaigns with their channels, by name."""
    rows = AcquisitionCampaign.objects.select_related("channel")
    return rows.order_by("channel__name", "name")


def origins() -> QuerySet[Customer, tuple[int, int, int | None]]:
    """Return customer, channel and campaign of everybody whose channel is known."""
    rows = Customer.objects.exclude(acquisition_channel=None).order_by()
    return rows.values_list("pk", "acquisition_channel", "acquisition_campaign")
