"""What programs name in words: the owner by e-mail, the team by name; found or refused."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.people import queries as people


class Named:
    """Looks up everybody once, however many rows name them."""

    def records(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values with owner and team as records; nothing and null take them off."""
        found = dict(values)
        if isinstance(owner := found.get("owner"), str):
            found["owner"] = self._owner(owner.strip())
            if found["owner"] and found["owner"].team and "team" not in found:
                found["team"] = found["owner"].team
        if isinstance(team := found.get("team"), str):
            found["team"] = self._team(team.strip())
        return found

    @cached_property
    def _owners(self) -> dict[str, Any]:
        return {owner.email.lower(): owner for owner in people.owners().select_related("team")}

    @cached_property
    def _teams(self) -> dict[str, Any]:
        return {team.name: team for team in people.owning_teams()}

    def _owner(self, email: str) -> Any:
        if email and email.lower() not in self._owners:
            message = _("“%(value)s” is nobody who works here; write the e-mail they sign in with.")
            raise ValidationError({"owner": message % {"value": email[:80]}})
        return self._owners[email.lower()] if email else None

    def _team(self, name: str) -> Any:
        if name and name not in self._teams:
            message = _("There is no team “%(value)s”; write its name as on the page of teams.")
            raise ValidationError({"team": message % {"value": name[:80]}})
        return self._teams[name] if name else None
