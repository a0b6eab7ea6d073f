"""Everything that changes rules, findings and runs of the quality of data."""

from .deciding import assign, confirm, fix_contact, fix_customer, ignore, note_bounces, recheck
from .deciding import reopen as reopen
from .running import fail, finish, run_now, start, start_when_due
from .settings import change_plan, change_rule

__all__ = [
    "assign",
    "change_plan",
    "change_rule",
    "confirm",
    "fail",
    "finish",
    "fix_contact",
    "fix_customer",
    "ignore",
    "note_bounces",
    "recheck",
    "reopen",
    "run_now",
    "start",
    "start_when_due",
]
