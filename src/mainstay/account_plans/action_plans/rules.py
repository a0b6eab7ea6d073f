"""What the lecture's worked examples do for a role, given how certain the account is.

For the buyer of its client RL: keep the certainty of need, raise that of the transaction, build
trust. For the user: market and transaction, trust, less influence of outside actors. For the
decider: the market, the same relations.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

KINDS: Mapping[str, tuple[str, ...]] = {
    "buyer": ("need", "transaction"),
    "user": ("market", "transaction"),
    "initiator": ("need",),
    "adviser": ("market",),
    "decider": ("market",),
    "approver": ("transaction",),
    "gatekeeper": (),
}
RELATIONS: Mapping[str, tuple[str, ...]] = {
    "buyer": ("trust",),
    "user": ("outside", "trust"),
    "initiator": ("information",),
    "adviser": ("information", "trust"),
    "decider": ("outside", "trust"),
    "approver": ("trust",),
    "gatekeeper": ("trust",),
}
# Who is led by which of several roles: a project manager who uses and initiates is a user first.
FIRST = ("decider", "approver", "buyer", "user", "adviser", "initiator", "gatekeeper")


@dataclass(frozen=True)
class Proposal:
    """What a line of the action table begins with."""

    tactics: list[str]
    relations: list[str]


def leading(roles: Collection[str]) -> str:
    """Return the role that decides what is done; without any, none."""
    return next((role for role in FIRST if role in roles), "")


def proposal(roles: Collection[str], effects: Mapping[str, str | None]) -> Proposal:
    """Return tactics and relations for a person with these roles.

    A kind of certainty that nobody judged is left out: there is nothing to keep or to raise yet.
    """
    role = leading(roles)
    kinds = [kind for kind in KINDS.get(role, ()) if effects.get(kind)]
    tactics = [f"{kind}.{effects[kind]}" for kind in kinds if effects[kind] != "loosen"]
    return Proposal(tactics, list(RELATIONS.get(role, ())))


@dataclass(frozen=True)
class Progress:
    """How far actions are, counted."""

    done: int = 0
    open: int = 0
    late: int = 0
    unowned: int = 0
    undated: int = 0

    @property
    def all(self) -> int:
        return self.done + self.open

    @property
    def share(self) -> float:
        return self.done / self.all if self.all else 0.0


def progress(tasks: Iterable[tuple[str, date | None, int | None]], today: date) -> Progress:
    """Count tasks by state, day and owner; cancelled ones do not count."""
    done = still = late = unowned = undated = 0
    for state, due, owner in tasks:
        done += state == "done"
        if state == "open":
            still += 1
            late += due is not None and due < today
            unowned += owner is None
            undated += due is None
    return Progress(done, still, late, unowned, undated)
