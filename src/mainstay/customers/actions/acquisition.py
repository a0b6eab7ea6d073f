"""By which channel and campaign customers came."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers.models import AcquisitionCampaign, AcquisitionChannel, Customer
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions


def channel_named(name: str) -> AcquisitionChannel:
    """Return the channel of that name, made if there is none."""
    versions.check(AcquisitionChannel(name=name))
    return AcquisitionChannel.objects.get_or_create(name=name)[0]


def campaign_named(channel: AcquisitionChannel, name: str) -> AcquisitionCampaign:
    """Return the campaign of that name in the channel, made if there is none."""
    versions.check(AcquisitionCampaign(channel=channel, name=name))
    return AcquisitionCampaign.objects.get_or_create(channel=channel, name=name)[0]


@transaction.atomic
def add_channel(*, by: Any, now: datetime, values: Mapping[str, Any]) -> AcquisitionChannel:
    """Add a channel, with campaigns if some are named."""
    return _saved(AcquisitionChannel(), "acquisition_channel.added", by, now, values)


@transaction.atomic
def change_channel(
    *, by: Any, now: datetime, channel: AcquisitionChannel, values: Mapping[str, Any]
) -> AcquisitionChannel:
    """Give the channel another name, and add campaigns to it."""
    return _saved(channel, "acquisition_channel.changed", by, now, values)


def _saved(
    channel: AcquisitionChannel, verb: str, by: Any, now: datetime, values: Mapping[str, Any]
) -> AcquisitionChannel:
    if by is not None:
        require(by, "acquisition.edit")
    old, new = versions.apply(channel, {"name": str(values["name"]).strip()})
    if AcquisitionChannel.objects.exclude(pk=channel.pk).filter(name=channel.name).exists():
        message = _("There is a channel “%(name)s” already; choose another name.")
        raise ValidationError({"name": message % {"name": channel.name}})
    channel.save()
    before = set(channel.campaigns.values_list("name", flat=True))
    names = [name.strip() for name in values.get("campaigns", []) if name.strip()]
    if added := [name for name in dict.fromkeys(names) if name not in before]:
        for name in added:
            campaign_named(channel, name)
        new["campaigns"] = added
    if new:
        record(by=by, verb=verb, target=channel, old=old, new=new, now=now)
    return channel


@transaction.atomic
def rename_campaign(
    *, by: Any, now: datetime, campaign: AcquisitionCampaign, values: Mapping[str, Any]
) -> AcquisitionCampaign:
    """Give the campaign another name."""
    require(by, "acquisition.edit")
    old, new = versions.apply(campaign, {"name": str(values["name"]).strip()})
    same = AcquisitionCampaign.objects.filter(channel=campaign.channel_id, name=campaign.name)
    if same.exclude(pk=campaign.pk).exists():
        message = _("The channel has a campaign “%(name)s” already; choose another name.")
        raise ValidationError({"name": message % {"name": campaign.name}})
    campaign.save()
    if new:
        record(
            by=by,
            verb="acquisition_campaign.changed",
            target=campaign,
            old=old,
            new=new,
            now=now,
        )
    return campaign


@transaction.atomic
def remove_channel(*, by: Any, now: datetime, channel: AcquisitionChannel) -> None:
    """Remove a channel by which no customer came, with its campaigns and costs."""
    _remove(by, now, channel, "acquisition_channel.removed")


@transaction.atomic
def remove_campaign(*, by: Any, now: datetime, campaign: AcquisitionCampaign) -> None:
    """Remove a campaign by which no customer came, with its costs."""
    _remove(by, now, campaign, "acquisition_campaign.removed")


def _remove(
    by: Any, now: datetime, row: AcquisitionChannel | AcquisitionCampaign, verb: str
) -> None:
    require(by, "acquisition.edit")
    if count := row.customers.count():
        message = ngettext(
            "%(n)d customer came by “%(name)s”; note another way there first.",
            "%(n)d customers came by “%(name)s”; note another way there first.",
            count,
        )
        raise ValidationError(message % {"n": count, "name": row.name})
    record(by=by, verb=verb, target=row, old={"name": row.name}, now=now)
    row.delete()


def known(channel: str, campaign: str) -> dict[str, int]:
    """Return the numbers of a channel and of its campaign; 0 stands for one not known yet."""
    row = AcquisitionChannel.objects.filter(name=channel).first()
    numbers = {"acquisition_channel": row.pk if row else 0}
    if campaign:
        named = AcquisitionCampaign.objects.filter(channel=row, name=campaign).first()
        numbers["acquisition_campaign"] = named.pk if named else 0
    return numbers


def made(channel: str, campaign: str) -> dict[str, int]:
    """Return the same as `known`, and make what is not known."""
    row = channel_named(channel)
    numbers = {"acquisition_channel": row.pk}
    return numbers | (
        {"acquisition_campaign": campaign_named(row, campaign).pk} if campaign else {}
    )


def came_by(customer: Customer, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with channel and campaign as records; names become records.

    A campaign brings its channel with it; another channel takes the campaign off.
    """
    clean = dict(values)
    if not {"acquisition_channel", "acquisition_campaign"} & set(clean):
        return clean
    channel = clean.get("acquisition_channel", customer.acquisition_channel)
    if isinstance(channel, str):
        channel = channel_named(channel) if channel else None
    campaign = clean.get("acquisition_campaign")
    if isinstance(campaign, str):
        campaign = _of(channel, campaign) if campaign else None
    if campaign is not None:
        if channel is not None and campaign.channel_id != channel.pk:
            message = _(
                "The campaign “%(name)s” belongs to another channel; choose one of “%(channel)s”."
            )
            words = {"name": campaign.name, "channel": channel.name}
            raise ValidationError({"acquisition_campaign": message % words})
        channel = campaign.channel
    elif "acquisition_campaign" not in clean and customer.acquisition_campaign is not None:
        same = channel is not None and customer.acquisition_campaign.channel_id == channel.pk
        campaign = customer.acquisition_campaign if same else None
    return clean | {"acquisition_channel": channel, "acquisition_campaign": campaign}


def _of(channel: AcquisitionChannel | None, name: str) -> AcquisitionCampaign:
    if channel is None:
        message = _("Name the channel of the campaign “%(name)s” too.")
        raise ValidationError({"acquisition_campaign": message % {"name": name[:80]}})
    return campaign_named(channel, name)
