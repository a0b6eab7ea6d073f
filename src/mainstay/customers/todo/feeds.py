"""A person's tasks as an iCalendar file: the same tasks give the same bytes.

Days and times become events, for calendars pass over to-dos that they subscribe to.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from icalendar import Calendar, Event
from icalendar.prop import vText

from mainstay.customers.todo import rules

PRODUCT = "-//Mainstay//Tasks//EN"
LASTS = timedelta(minutes=30)
DOMAIN = "tasks.mainstay"


def calendar(tasks: Iterable[Any], *, name: str) -> bytes:
    """Return the calendar of the tasks that have a day."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for task in tasks:
        if task.due_date is not None:
            made.add_component(_event(task))
    return bytes(made.to_ical())


def _event(task: Any) -> Event:
    event = Event()
    changed = task.updated_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{task.uid}@{DOMAIN}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("created", task.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", task.version)
    event.add("summary", task.title)
    event.add("priority", task.priority)
    if words := _description(task):
        event.add("description", words)
    event["transp"] = vText("TRANSPARENT" if task.due_time is None else "OPAQUE")
    if task.due_time is None:
        event.add("dtstart", task.due_date)
        event.add("dtend", task.due_date + timedelta(days=1))
    else:
        begins = rules.moment(task.due_date, task.due_time, task.time_zone)
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
    return event


def _description(task: Any) -> str:
    parts = (str(task.customer or ""), str(task.contact or ""), task.notes)
    return "\n".join(part for part in parts if part)
