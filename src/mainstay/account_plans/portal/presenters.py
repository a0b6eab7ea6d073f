"""The tab for our side: works with what is thought of them, guests, actions that are shared."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.account_plans import tabs
from mainstay.account_plans.workspace import presenters as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.shared.templatetags.figures import number

from . import queries, rules
from .choices import LOW, StageState
from .forms import GuestForm, ReplyForm, SharedActionForm, StageForm, WorkForm

TONES = {"planned": "", "running": "blue", "waiting": "amber", "done": "green"}
WORK_FIELDS = ("title", "summary", "ours", "theirs", "finished_on", "shared", "version")
STAGE_FIELDS = (
    "title",
    "state",
    "planned_from",
    "planned_until",
    "began_on",
    "ended_on",
    "shared",
    "version",
)
MOST_ACTIONS = 60


def state(account: Account, now: datetime) -> tabs.State:
    """Return how far this part of the plan has come."""
    shown = [row for row in queries.works(account.customer) if row.shared]
    guests = [row for row in queries.invitations(account.customer) if row.expires_at > now]
    missing = [] if shown else [_("no work is shared with the customer")]
    if not guests:
        missing.append(_("nobody of the customer is invited"))
    if not shown and not guests:
        return tabs.State("", missing)
    n, m = len(shown), len(guests)
    known = ngettext("%(n)s work shared", "%(n)s works shared", n) % {"n": number(n)}
    people = ngettext("%(n)s person invited", "%(n)s people invited", m) % {"n": number(m)}
    return tabs.State(f"{known}, {people}", missing)


def page(account: Account, now: datetime, **more: Any) -> dict[str, Any]:
    """Return the tab; `do` and `form` are what is being filled in, `link` is shown this once."""
    customer, today = account.customer, timezone.localdate(now)
    rows = list(queries.works(customer))
    thought = queries.opinions([row.pk for row in rows])
    people = list(queries.present_people(customer, today).values_list("pk", "name"))
    do, form = more.get("do", ""), more.get("form")
    actions = [(row.task, row.pk, shared) for row, shared in queries.actions(customer)]
    told = [each for each in actions if each[2]]
    untold = [each for each in actions if not each[2]]
    shown = {
        "works": [_work(row, thought[row.pk]) for row in rows],
        "guests": list(queries.invitations(customer)),
        "people": people,
        "now": now,
        "do": do,
        "link": more.get("link"),
        "guest_form": form if do == "invite" and form else GuestForm(contacts=people),
        "told": told,
        "untold": untold[:MOST_ACTIONS],
        "untold_count": len(untold),
        "sharing": more.get("sharing"),
    }
    if do == "work":
        shown["form"] = form or work_form(account, today)
    if do == "share":
        shown["form"] = form or SharedActionForm(initial={"words": _words(more.get("sharing"))})
    return workspace.page(account, tab="portal") | shown


def _words(sharing: Any) -> str:
    if sharing is None:
        return ""
    row, shared = sharing
    return str(shared.words if shared else row.task.title)


def work_form(account: Account, today: Any, data: Any = None, row: Any = None) -> WorkForm:
    initial = {name: getattr(row, name) for name in WORK_FIELDS} if row else None
    start = initial or {"ours": account.customer.owner}
    return WorkForm(data, customer=account.customer, today=today, initial=start)


def stage_form(data: Any = None, row: Any = None) -> StageForm:
    initial = {name: getattr(row, name) for name in STAGE_FIELDS} if row else None
    return StageForm(data, initial=initial)


def _work(row: Any, thought: queries.Opinions) -> dict[str, Any]:
    stages = list(row.stages.all())
    name = rules.work_state(row.finished_on, (each.state for each in stages))
    return {
        "row": row,
        "state": StageState(name).label,
        "tone": TONES[name],
        "done": sum(each.state == rules.DONE for each in stages),
        "stages": stages,
        "mean": "" if thought.mean is None else number(thought.mean, 1),
        "n": len(thought.all),
        "low": any(each.mark <= LOW for each in thought.all),
    }


def work(account: Account, row: Any, now: datetime, **more: Any) -> dict[str, Any]:
    """Return one work: its stages with the marks given, the thread, and the form that is open."""
    thought = queries.opinions([row.pk])[row.pk]
    do, form, stage = more.get("do", ""), more.get("form"), more.get("stage")
    shown = _work(row, thought) | {
        "work": row,
        "stages": [_stage(each, thought) for each in row.stages.all()],
        "whole": _marks(thought.of_stage.get(None, [])),
        "comments": queries.comments(row),
        "do": do,
        "stage": stage,
        "reply_form": form if do == "reply" and form else ReplyForm(),
    }
    if do == "work":
        shown["form"] = form or work_form(account, timezone.localdate(now), row=row)
    elif do == "stage":
        shown["form"] = form or stage_form(row=stage)
    return workspace.page(account, tab="portal") | shown


def _stage(row: Any, thought: queries.Opinions) -> dict[str, Any]:
    given = thought.of_stage.get(row.pk, [])
    return {
        "row": row,
        "state": row.get_state_display(),
        "tone": TONES[row.state],
        "opinions": _marks(given),
    }


def _marks(rows: list[Any]) -> list[dict[str, Any]]:
    return [{"row": row, "tone": "red" if row.mark <= LOW else "green"} for row in rows]
