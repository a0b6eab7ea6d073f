"""What an assistant may ask."""

from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from mainstay.customers import events, palette
from mainstay.customers import queries as customers
from mainstay.customers.queries import told
from mainstay.customers.segments import queries as segments
from mainstay.customers.talks import queries as talks
from mainstay.customers.todo import queries as todo
from mainstay.orders import queries as orders
from mainstay.people.permissions import readable_fields, require, shown
from mainstay.people.queries import company
from mainstay.project.assistant.metrics import METRICS
from mainstay.project.assistant.session import rows_asked, tool, user_for
from mainstay.value import queries as value
from mainstay.value.api import FROM_THIS_MODEL, ValueOut

Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Words = Annotated[str, Field(max_length=200)]
Rows = Annotated[int, Field(description="How many rows, at most 50.")]
SAID = 500


@tool
def find_customers(query: Words, limit: Rows = 10) -> dict[str, Any]:
    """Find customers by words of name, e-mail, town, phone or number; one mistyped letter is
    forgiven (then `meant` says what was taken)."""
    user = user_for("customers:read")
    require(user, "customers.view")
    among = customers.listed_along(user).filter(customers.searched(user, query))
    found = palette.found(among, query, rows_asked(limit))
    seen_rows = [shown(user, row) for row in found.rows]
    rows = [{"id": r.pk, "name": r.name, "kind": r.kind, "city": r.city} for r in seen_rows]
    return {"customers": rows, "meant": found.meant}


@tool
def get_customer(customer_id: Number) -> dict[str, Any]:
    """Read all about one customer: particulars, contacts, parent and subsidiaries, sums of
    orders, open tasks. Amounts are in minor units (cents)."""
    user = user_for("customers:read")
    row = seen(user, customer_id)
    return {
        "customer": events.describe(user, [row.pk])[row.pk],
        "contacts": [
            {"id": c.pk, "name": c.name, "email": c.email, "phone": c.phone}
            for c in (shown(user, each) for each in customers.contacts_at(row)[:20])
        ],
        "above": [{"id": each.pk, "name": each.name} for each in customers.ancestors(row)],
        "subsidiaries": [
            {"id": each.pk, "name": each.name} for each in customers.subsidiaries(user, row)[:20]
        ],
        "orders": [_plain(sums) for sums in orders.sums_of(user, row.pk)],
        "open_tasks": [
            {"id": t.pk, "title": t.title, "due": str(t.due_date or "")}
            for t in todo.open_about(user, customer=row.pk)[:20]
        ],
    }


@tool
def get_customer_value(customer_id: Number) -> dict[str, Any]:
    """Read what one customer is worth: class, segment, chance of being active, expected purchases
    and lifetime value, each with its interval, how many customers it rests on, and as of which
    day. Ask `define_metric` before you explain one."""
    user = user_for("value:read")
    require(user, "value.view")
    seen(user, customer_id)
    run = _run()
    row = value.value_in(run, customer_id, user=user)
    if row is None:
        text = _("The run as of %(day)s has no purchase of this customer.")
        raise ToolError(text % {"day": run.as_of})
    names = set(ValueOut.model_fields) & readable_fields(user, FROM_THIS_MODEL)
    kept = {name: _written(getattr(row, name)) for name in sorted(names)}
    return {"value": kept, **_about(run)}


@tool
def get_value_overview() -> dict[str, Any]:
    """Read how much all customers are worth together: customer equity, classes, segments, and
    what could not be computed and why."""
    user = user_for("value:read")
    require(user, "value.view")
    require(user, "money.view")
    run = _run()
    wanted = ("n", "revenue_minor", "abc", "left_out", "cannot", "model", "gone")
    summary = {name: run.summary[name] for name in wanted if name in run.summary}
    return {"summary": summary, "equity_minor": value.equity(run.summary), **_about(run)}


@tool
def list_segments() -> dict[str, Any]:
    """List the segments of customers (saved groups), with how many belong to each."""
    user = user_for("customers:read")
    require(user, "customers.view")
    found = segments.by_name(user)[:50]
    rows = [
        {"id": s.pk, "name": str(s), "members": s.members, "what_for": s.description} for s in found
    ]
    return {"segments": rows}


@tool
def list_customers_of_segment(segment_id: Number, limit: Rows = 20) -> dict[str, Any]:
    """List customers of a segment, by name."""
    user = user_for("customers:read")
    require(user, "customers.view")
    segment = segments.visible_to(user).filter(pk=segment_id).first()
    if segment is None:
        raise ToolError(_("There is no such segment, or it is not shared with you."))
    rows = segments.members(user, segment, now=timezone.now())
    some = rows.order_by("sort_name", "pk")[: rows_asked(limit)]
    return {"segment": str(segment), "customers": [{"id": r.pk, "name": r.name} for r in some]}


@tool
def list_orders(customer_id: Number, limit: Rows = 20) -> dict[str, Any]:
    """List the orders of a customer, the latest first; amounts in minor units, returns negative."""
    user = user_for("orders:read")
    require(user, "orders.view")
    seen(user, customer_id)
    rows = orders.of_customer(user, customer_id)[: rows_asked(limit)]
    return {
        "orders": [
            {
                "id": row.pk,
                "number": row.external_id,
                "ordered_at": row.ordered_at.isoformat(),
                "amount_minor": row.amount_minor,
                "currency": row.currency,
                "is_return": row.is_return,
            }
            for row in rows
        ]
    }


@tool
def list_conversations(customer_id: Number, limit: Rows = 10) -> dict[str, Any]:
    """List calls, visits, messages and notes with a customer, the latest first."""
    user = user_for("customers:read")
    seen(user, customer_id)
    rows = talks.listed(user).filter(customer=customer_id).order_by("-occurred_at", "-pk")
    return {
        "conversations": [
            {
                "id": row.pk,
                "at": row.occurred_at.isoformat(),
                "channel": row.channel,
                "with": str(row.contact or ""),
                "by": str(row.user or ""),
                "subject": row.subject,
                "body": row.body[:SAID],
            }
            for row in rows[: rows_asked(limit)]
        ]
    }


@tool
def define_metric(name: Words = "") -> dict[str, Any]:
    """Say what a metric means and how it is computed; without a name, list them."""
    user_for("customers:read")
    if not name:
        return {"metrics": sorted(METRICS)}
    if name not in METRICS:
        text = _("There is no metric “%(name)s”. Known: %(known)s.")
        raise ToolError(text % {"name": name, "known": ", ".join(sorted(METRICS))})
    return {"metric": name, "means": METRICS[name]}


def seen(user: Any, customer_id: int) -> Any:
    """Return the customer, or refuse: what one may not see does not exist."""
    require(user, "customers.view")
    row = told.pushed(user).filter(pk=customer_id).first()
    if row is None:
        raise ToolError(_("There is no such customer, or it is not yours to see."))
    return row


def _run() -> Any:
    run = value.current_run()
    if run is None:
        raise ToolError(_("No value run is complete yet; start one and wait for its job."))
    return run


def _about(run: Any) -> dict[str, Any]:
    """Return what every number must be told with."""
    level = run.summary.get("parameters", {}).get("level")
    return {
        "as_of": run.as_of.isoformat(),
        "based_on_customers": run.summary.get("n", run.customer_count),
        "currency": run.parameters["currency"],
        "horizon_months": run.parameters.get("horizon_months"),
        "interval": {"level": level, "from": "*_low", "to": "*_high"},
        "company": company().name,
    }


def _plain(sums: Any) -> dict[str, Any]:
    return {name: _written(value) for name, value in sums.items()}


def _written(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


READING = (
    find_customers,
    get_customer,
    get_customer_value,
    get_value_overview,
    list_segments,
    list_customers_of_segment,
    list_orders,
    list_conversations,
    define_metric,
)
