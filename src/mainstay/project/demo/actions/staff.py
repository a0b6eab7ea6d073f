"""The people who work at the demo company: one to sign in as for each role, and their teams."""

from dataclasses import dataclass
from datetime import datetime

from mainstay.people.actions import add_team, add_user
from mainstay.people.models import Role, User

DOMAIN = "kotwica.example"
KEY_TEAM = "Key accounts"
TEAMS = (KEY_TEAM, "Poland", "Western Europe", "East and Asia")
# The region of a customer by its country; everybody else belongs to the last.
REGIONS = {"PL": "Poland", **dict.fromkeys(("GB", "IE", "NL", "DE", "DK", "SE"), "Western Europe")}
# One for each role, first name the one the sign-in list shows.
CAST = (
    (Role.ADMINISTRATOR, "Agnieszka Lis", None),
    (Role.MANAGER, "Marek Wójcik", None),
    (Role.ACCOUNT_MANAGER, "Anna Kowalska", KEY_TEAM),
    (Role.SERVICE_AGENT, "Tomasz Zając", None),
    (Role.ANALYST, "Irina Sokolova", None),
    (Role.READ_ONLY, "George Finch", None),
)
OTHER_ACCOUNT_MANAGERS = (
    ("Piotr Mazur", KEY_TEAM),
    ("Ewa Sikora", "Poland"),
    ("Rafał Baran", "Poland"),
    ("Hannah Doyle", "Western Europe"),
    ("Lars Lindqvist", "Western Europe"),
    ("Елена Морозова", "East and Asia"),
    ("陈静", "East and Asia"),
)


@dataclass(frozen=True)
class Staff:
    """Who looks after customers, by team, and who answers the telephone."""

    owners: dict[str, list[User]]
    service: User


def sign_in_of(role: Role) -> str:
    return f"{role.value.replace('_', '.')}@{DOMAIN}"


def add(*, password: str, now: datetime) -> Staff:
    """Add the cast, who share the password, and colleagues who cannot sign in."""
    teams = {name: add_team(by=None, name=name, now=now) for name in TEAMS}
    cast = {
        role: add_user(
            by=None,
            now=now,
            email=sign_in_of(role),
            password=password,
            name=name,
            role=role,
            team=teams.get(team or ""),
        )
        for role, name, team in CAST
    }
    owners: dict[str, list[User]] = {name: [] for name in TEAMS}
    owners[KEY_TEAM].append(cast[Role.ACCOUNT_MANAGER])
    for number, (name, team) in enumerate(OTHER_ACCOUNT_MANAGERS, start=1):
        email = f"account.manager.{number}@{DOMAIN}"
        role = Role.ACCOUNT_MANAGER
        owners[team].append(
            add_user(by=None, now=now, email=email, name=name, role=role, team=teams[team])
        )
    return Staff(owners, cast[Role.SERVICE_AGENT])
