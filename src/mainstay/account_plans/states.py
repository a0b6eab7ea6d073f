"""How far the planning parts of an account have come, for its overview."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.customers.todo.actions import FOLLOWERS
from mainstay.shared.templatetags.figures import day, number

from .action_plans import presenters as actions_shown
from .action_plans import queries as action_plans
from .action_plans.actions import follow
from .certainty import presenters as certainty_shown
from .certainty import queries as certainty
from .plan import queries as plan
from .tabs import State, Tab, register
from .team import presenters as team_shown
from .team import queries as team
from .workspace.queries import Account


def of_certainty(account: Account, now: datetime) -> State:
    found = certainty.table(account.customer)
    judged = sum(1 for cells in found.values() for cell in cells if cell.effect)
    text = ngettext("%(n)s service", "%(n)s services", len(found)) % {"n": number(len(found))}
    known = _("%(services)s, %(n)s certainties judged") % {"services": text, "n": number(judged)}
    missing = certainty_shown.wanting(found, timezone.localdate(now))
    return State(known if found else "", missing)


def of_actions(account: Account, now: datetime) -> State:
    table, today = action_plans.table(account.customer), timezone.localdate(now)
    shown = actions_shown.progress(table, today)
    known = _("%(open)s actions open, %(share)s done") % shown if shown["all"] else ""
    late = shown["late"]
    text = ngettext("%(n)s action is overdue.", "%(n)s actions are overdue.", late)
    overdue = [text % {"n": number(late)}] if late else []
    return State(known, [*overdue, *actions_shown.wanting(table, today)])


def of_team(account: Account, now: datetime) -> State:
    rows = list(team.team(account.customer))
    n = len(rows)
    known = ngettext("%(n)s of ours", "%(n)s of ours", n) % {"n": number(n)} if n else ""
    return State(known, team_shown.wanting(rows, account))


def of_plan(account: Account, now: datetime) -> State:
    held, latest = plan.approved(account.customer), plan.versions(account.customer).first()
    known = _("approved on %(day)s") % {"day": day(held.decided_at)} if held else ""
    missing = []
    if latest is None:
        missing.append(_("No version was put forward yet."))
    elif latest.state == "proposed":
        missing.append(_("A version awaits approval."))
    elif held is None:
        missing.append(_("No version is approved yet."))
    return State(known, missing)


TABS = (
    Tab(
        key="certainty",
        label=gettext_lazy("Certainty"),
        icon="shield-check",
        url_name="accounts:certainty",
        order=30,
        text=gettext_lazy("Certainty of need, market and transaction, by service"),
        state=of_certainty,
    ),
    Tab(
        key="actions",
        label=gettext_lazy("Actions"),
        icon="list-checks",
        url_name="accounts:actions",
        order=40,
        text=gettext_lazy("What is done, person by person, and by which strategy"),
        state=of_actions,
    ),
    Tab(
        key="team",
        label=gettext_lazy("Our team"),
        icon="users",
        url_name="accounts:team",
        order=50,
        text=gettext_lazy("Who of us looks after the account, with which skills"),
        state=of_team,
    ),
    Tab(
        key="plan",
        label=gettext_lazy("Plan"),
        icon="file-text",
        url_name="accounts:plan",
        order=60,
        text=gettext_lazy("Five parts on four to six pages, told from the data"),
        state=of_plan,
    ),
)


def publish() -> None:
    """Put the parts behind tabs, and let repeated tasks stay in the action table."""
    FOLLOWERS.append(follow)
    for tab in TABS:
        register(tab)
