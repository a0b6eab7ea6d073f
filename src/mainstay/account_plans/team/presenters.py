"""Our team as its page shows it, and a person's profile of skills."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.shared.templatetags.figures import number

from . import queries
from .forms import MemberForm, SkillsForm
from .rules import HIGHEST

NAMES = ("user", "role", "tasks", "leads")


def page(
    account: Account, *, do: str = "", member: Any = None, form: MemberForm | None = None
) -> dict[str, Any]:
    """Return the team with the gaps of whose skills may be seen."""
    rows = list(queries.team(account.customer))
    seen = [row.user for row in rows if queries.may_judge(account.user, row.user)]
    leader = next((row for row in rows if row.leads), None)
    shown: dict[str, Any] = {
        "team": rows,
        "seen": {user.pk for user in seen},
        "leader": leader,
        "wanting": wanting(rows, account),
    }
    if leader is not None and leader.user in seen:
        shown["profile"] = profile(queries.skills(leader.user))
    if do == "member":
        initial = {name: getattr(member, name) for name in NAMES} if member else {}
        shown |= {"form": form or MemberForm(initial=initial), "edited": member}
    return workspace.page(account, tab="team") | shown


def profile(skills: list[queries.Skill]) -> dict[str, Any]:
    """Return the skills in their groups, and where most is missing."""
    groups = [
        (name, [_skill(each) for each in rows])
        for name, rows in groupby(skills, key=lambda each: each.item.text)
    ]
    gaps = sorted((s for s in skills if (s.gap or 0) > 0), key=lambda s: -(s.gap or 0))
    judged = sum(1 for each in skills if each.gap is not None)
    text = _("%(judged)s of %(all)s skills judged.")
    return {
        "groups": groups,
        "judged": judged,
        "said": text % {"judged": number(judged), "all": number(len(skills))},
        "gaps": [_skill(each) for each in gaps[:5]],
    }


def _skill(each: queries.Skill) -> dict[str, Any]:
    rating = each.rating
    gap = each.gap or 0
    return {
        "name": each.item.name,
        "present": each.present,
        "wanted": each.wanted,
        "judged": each.gap is not None,
        "gap": gap if gap > 0 else 0,
        "dots": [_dot(level, each) for level in range(1, HIGHEST + 1)],
        "by": rating.by.name if rating and rating.by else "",
        "at": rating.at if rating else None,
    }


def _dot(level: int, skill: queries.Skill) -> str:
    if skill.present is not None and level <= skill.present:
        return "full"
    return "wanted" if skill.wanted is not None and level <= skill.wanted else "empty"


def skills_page(account: Account, whom: Any, form: SkillsForm | None = None) -> dict[str, Any]:
    skills = queries.skills(whom)
    return workspace.page(account, tab="team") | {
        "whom": whom,
        "form": form or SkillsForm(skills=skills),
        "profile": profile(skills),
    }


def wanting(rows: list[Any], account: Account) -> list[str]:
    """Return what is missing, in sentences."""
    if not rows:
        return [_("Nobody of ours is in the team.")]
    leader = next((row for row in rows if row.leads), None)
    if leader is None:
        return [_("Nobody leads the team as key account manager.")]
    if not queries.may_judge(account.user, leader.user):
        return []
    skills = queries.skills(leader.user)
    gaps = sum(1 for each in skills if (each.gap or 0) > 0)
    if not any(each.gap is not None for each in skills):
        return [_("The skills of the key account manager are not judged.")]
    text = ngettext(
        "%(n)s skill is below what is wanted.", "%(n)s skills are below what is wanted.", gaps
    )
    return [text % {"n": number(gaps)}] if gaps else []
