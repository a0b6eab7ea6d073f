"""What the pages about people show, thought out for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.people import field_pages, queries
from mainstay.people.permissions import BOUNDS, CAPABILITIES, GRANTS, Scope, can, scope
from mainstay.shared.numbers import row_number
from mainstay.shared.preferences import remember as remember_preference

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_query: str


def page_of(members: Any, query: Any) -> Page:
    """Return one page of members and the query of the next one; a wrong place is the start."""
    pk = row_number(query.get("after", ""))
    last = None if pk is None else queries.place(pk)
    rows = list(queries.after(members, last)[: PAGE_SIZE + 1])
    if len(rows) <= PAGE_SIZE:
        return Page(rows, "")
    onward = query.copy()
    onward["after"] = str(rows[PAGE_SIZE - 1].pk)
    return Page(rows[:PAGE_SIZE], onward.urlencode())


def initial(user: Any) -> dict[str, Any]:
    return {name: getattr(user, name) for name in ("name", "email", "role", "team", "reach")}


def join_path(token: str) -> str:
    return reverse("people:join", args=[token])


@dataclass(frozen=True)
class Right:
    label: str
    granted: list[tuple[str, bool]]
    mine: bool


def rights(user: Any) -> dict[str, Any]:
    """Return the table of who may do what, made of the very tables that decide."""
    roles, known = queries.role_choices(), queries.reach_of_roles()
    table = [
        Right(
            str(label),
            [(str(name), capability in GRANTS[role]) for role, name in roles],
            can(user, capability),
        )
        for capability, label in CAPABILITIES.items()
    ]
    return {
        "roles": [(role, str(name), role == user.role) for role, name in roles],
        "rights": table,
        "reach": [
            {
                "role": role,
                "name": str(name),
                "words": _reach_words(known[role]),
                "choices": [
                    (str(each), _reach_words(each), each is known[role]) for each in BOUNDS[role]
                ],
            }
            for role, name in roles
        ],
        "may_set": can(user, "people.admin"),
        "my_reach": _reach_words(scope(user)),
        "kept_back": field_pages.kept_back(user),
    }


def _reach_words(reach: Scope) -> str:
    return {
        Scope.ALL: _("All records"),
        Scope.TEAM: _("Records of the team"),
        Scope.OWN: _("Own records"),
        Scope.NONE: _("No records"),
    }[reach]


def settings_of(company: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(company, name) for name in names}


def preferences(user: Any) -> dict[str, Any]:
    return {name: getattr(user, name) for name in ("name", "language", "time_zone", "theme")}


def remember(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """Put theme and language into the cookies that pages before sign-in read."""
    remember_preference(request, response, "theme", user.theme)
    if user.language:
        remember_preference(request, response, "language", user.language)


@dataclass(frozen=True)
class SafetyLink:
    label: str
    detail: str
    icon: str
    url: str


def safety_links(user: Any) -> list[SafetyLink]:
    """Return where a person looks after the ways into the account; only what the role may open."""
    without = () if can(user, "api.use") else ("people:tokens",)
    pages = [
        ("account_change_password", "key-round", _("Password"), _("Choose a new one.")),
        (
            "mfa_index",
            "shield-check",
            _("Two-step sign-in and passkeys"),
            _("A code from an app, a security key, recovery codes."),
        ),
        (
            "usersessions_list",
            "monitor-smartphone",
            _("Where you are signed in"),
            _("See your sessions and end them."),
        ),
        (
            "people:tokens",
            "key-square",
            _("API tokens"),
            _("Keys for programs that work in your name."),
        ),
        (
            "people:access",
            "table-properties",
            _("Who may do what"),
            _("Your role's rights, and why something is not shown."),
        ),
    ]
    return [
        SafetyLink(label, detail, icon, reverse(name))
        for name, icon, label, detail in pages
        if name not in without
    ]
