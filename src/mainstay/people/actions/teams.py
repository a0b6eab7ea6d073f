"""Teams share what their members look after."""

from datetime import datetime

from django.db import transaction

from mainstay.people.models import Team, User
from mainstay.people.permissions import require
from mainstay.records.actions import record


@transaction.atomic
def add_team(*, by: User | None, name: str, now: datetime) -> Team:
    """Add a team; `by=None` is the program."""
    if by is not None:
        require(by, "people.admin")
    team = Team(name=name.strip())
    team.full_clean()
    team.save()
    record(by=by, verb="team.added", target=team, new={"name": team.name}, now=now)
    return team


@transaction.atomic
def rename_team(*, by: User, team: Team, name: str, now: datetime) -> None:
    require(by, "people.admin")
    kept = Team.objects.select_for_update().get(pk=team.pk)
    old, kept.name = kept.name, name.strip()
    if old == kept.name:
        return
    kept.full_clean()
    kept.save()
    record(
        by=by, verb="team.renamed", target=kept, old={"name": old}, new={"name": kept.name}, now=now
    )


@transaction.atomic
def remove_team(*, by: User, team: Team, now: datetime) -> None:
    """Remove a team; its members and customers stay, without a team."""
    require(by, "people.admin")
    members = sorted(user.name for user in User.objects.filter(team=team))
    old = {"name": team.name, "members": members}
    record(by=by, verb="team.removed", target=team, old=old, now=now)
    team.delete()
