"""A company's own fields in files: filled by type, refused with a reason, and back as they left."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.customers.custom_fields import queries
from mainstay.customers.imports import actions, allowed, kinds, storage
from mainstay.customers.models import Customer
from mainstay.people.actions import set_field_rules
from tests.customers.custom_fields.conftest import field
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]
__all__ = ["field"]

TYPES = {
    "Terms": "text", "Remarks": "long_text", "Seats": "whole", "Rebate": "decimal",
    "Credit": "money", "Audited": "yes_no", "Contract end": "day", "Renewed": "moment",
    "Size": "choice", "Buys for": "choices", "Buddy": "user", "Portal": "url", "Billing": "email",
}  # fmt: skip
FIRST = {
    "Terms": "30 dni", "Remarks": "as agreed, in May", "Seats": "1 200", "Rebate": "12,5",
    "Credit": "2 500,00", "Audited": "tak", "Contract end": "31.12.2027",
    "Renewed": "2026-03-05T10:00:00+01:00", "Size": "LARGE", "Buys for": "resale; own use",
    "Buddy": "{owner}", "Portal": "portal.example.com", "Billing": "Faktury@Example.com",
}  # fmt: skip


@pytest.fixture
def fields(field: Any) -> dict[str, Any]:
    answers = {"Size": ["small", "large"], "Buys for": ["resale", "own use"]}
    return {
        label: field(label, kind, **({"answers": answers[label]} if label in answers else {}))
        for label, kind in TYPES.items()
    }


def table(*rows: dict[str, str]) -> str:
    file = io.StringIO()
    lines = csv.DictWriter(file, ["number", "name", *rows[0]], delimiter=";")
    lines.writeheader()
    for number, row in enumerate(rows, start=1):
        lines.writerow({"number": number, "name": f"Firma {number}", **row})
    return file.getvalue()


def stored(fields: dict[str, Any]) -> dict[str, dict[str, Any]]:
    names = dict(Customer.objects.values_list("pk", "name"))
    found = queries.values_of("customer", names, list(fields.values()))
    return {names[number]: values for number, values in found.items()}


def refused(row: Any) -> list[list[str]]:
    text = (storage.folder(row.folder) / "refused.csv").read_text("utf-8-sig")
    return [[line[0], *line[2:]] for line in list(csv.reader(io.StringIO(text)))[1:]]


def test_every_type_is_read_checked_first_and_written_once(
    imported: Importer, fields: dict[str, Any], owner: Any
) -> None:
    given = {**FIRST, "Buddy": owner.email.upper()}
    empty = dict.fromkeys(given, "")

    checked = imported("customers", table(given, empty), dry_run=True)
    assert (checked.counts["customers"]["new"], stored(fields)) == (2, {})
    row = imported("customers", table(given, empty))

    answers = {each.label: each.pk for f in fields.values() for each in queries.field_answers(f)}
    both = tuple(sorted((answers["resale"], answers["own use"])))
    assert row.refused == 0
    assert stored(fields) == {
        "Firma 1": {
            "terms": "30 dni", "remarks": "as agreed, in May", "seats": 1200, "rebate": 1250,
            "credit": 250000, "audited": 1, "contract_end": date(2027, 12, 31),
            "renewed": datetime(2026, 3, 5, 9, tzinfo=UTC), "size": answers["large"],
            "buys_for": both, "buddy": owner, "portal": "https://portal.example.com",
            "billing": "Faktury@example.com",
        }
    }  # fmt: skip
    assert " 30 " in Customer.objects.get(name="Firma 1").search

    again = imported("customers", table(given, empty))
    assert again.counts["customers"] == {"new": 0, "changed": 0, "same": 2}
    changed = imported("customers", table({"Seats": "7"}, {"Seats": "8"}))
    assert changed.counts["customers"] == {"new": 0, "changed": 2, "same": 0}
    found = stored(fields)
    assert (found["Firma 1"]["seats"], found["Firma 2"]) == (7, {"seats": 8})
    assert found["Firma 1"]["terms"] == "30 dni"
    assert Customer.objects.get(name="Firma 1").version == 2


BAD = {
    "Seats": ("1.5", "This is not a whole number."),
    "Rebate": ("0.125", "The number has more decimal places than “Rebate” takes."),
    "Audited": ("perhaps", "This is neither yes nor no."),
    "Size": ("huge", "This is not an answer of “Size”."),
    "Buys for": ("resale, gifts", "This is not an answer of “Buys for”."),
    "Buddy": ("nobody@x.pl", "Nobody who works here has this name or address."),
    "Portal": ("ftp://x y", "This is not a web address."),
    "Billing": ("anna@", "This is not an e-mail address."),
    "Terms": ("x" * 201, "The text is too long."),
}


def test_what_does_not_fit_is_refused_with_line_field_value_reason_and_advice(
    imported: Importer, fields: dict[str, Any]
) -> None:
    good = {**dict.fromkeys(BAD, ""), "Rebate": "2.5"}
    row = imported("customers", table(good, *({**good, name: BAD[name][0]} for name in BAD)))

    found = refused(row)
    assert [(line, name, value, reason) for line, name, value, reason, _advice in found] == [
        (str(n), name, value, reason) for n, (name, (value, reason)) in enumerate(BAD.items(), 3)
    ]
    assert all(advice for *_rest, advice in found)
    assert list(Customer.objects.values_list("name", flat=True)) == ["Firma 1"]


def test_limits_and_fields_without_two_alike(imported: Importer, field: Any) -> None:
    field("Seats", "whole", low="2", high="100")
    field("Since", "day", low="2020-01-01")
    badge = field("Badge", "text", unique=True)
    row = imported(
        "customers",
        table(
            {"Seats": "1", "Since": "2020-01-01", "Badge": ""},
            {"Seats": "2", "Since": "2019-12-31", "Badge": ""},
            {"Seats": "2", "Since": "2020-01-01", "Badge": "A1"},
            {"Seats": "2", "Since": "2020-01-01", "Badge": "a1"},
        ),
    )

    outside, alike = "The value lies outside the limits of “{}”.", "where no two may be alike."
    lines = refused(row)
    assert [(line[0], line[3]) for line in lines[:2]] == [
        ("2", outside.format("Seats")), ("3", outside.format("Since")),
    ]  # fmt: skip
    assert (lines[0][4], lines[1][4]) == (
        "Write a value from 2 to 100.", "Write 2020-01-01 or more.",
    )  # fmt: skip
    assert (lines[2][0], lines[2][3].endswith(alike)) == ("5", True)
    again = imported("customers", "number;name;Badge\n3;Firma 3;A1\n9;Other;A1\n")
    assert (again.counts["customers"]["same"], refused(again)[0][0]) == (1, "3")
    assert [v["badge"] for v in stored({"Badge": badge}).values()] == ["A1"]


def test_the_list_with_own_fields_leaves_and_comes_back(
    imported: Importer, fields: dict[str, Any], manager: Any, signed_in: SignedIn, tmp_path: Path
) -> None:
    other = {"Terms": "=1+1", "Seats": "0", "Rebate": "-0,5", "Credit": "0", "Audited": "nie",
             "Contract end": "1.2.2026", "Size": "small", "Buys for": "own use",
             "Buddy": manager.name}  # fmt: skip
    first = {**FIRST, "Buddy": manager.email}
    imported("customers", table(first, {**dict.fromkeys(FIRST, ""), **other}))
    before = stored(fields)
    columns = ",".join(f"custom_{each.key}" for each in fields.values())
    answer = signed_in(manager).post(f"/customers/?columns={columns}", {"export": "csv"})
    path = tmp_path / "list.csv"
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    path.write_text("\n".join(f"{n or 'number'},{line}" for n, line in enumerate(lines)))
    Customer.objects.all().delete()

    row = imported("customers", path, source="Back")

    assert (row.refused, row.counts["customers"]["new"]) == (0, 2)
    assert stored(fields) == before
    assert len(before["Firma 1"]) == len(TYPES)


# -- the allow-list of fields


@pytest.fixture
def ruled(administrator: Any, manager: Any) -> Any:
    """Return a manager who sees no e-mail, and only looks at phones."""
    wanted = {
        ("customers.customer/email", "manager"): "hidden",
        ("customers.customer/phone", "manager"): "read_only",
        ("customers.customer/country", "manager"): "hidden",
    }
    set_field_rules(by=administrator, now=timezone.now(), wanted=wanted)
    manager.refresh_from_db()
    return manager


def test_hidden_fields_are_not_offered_and_looked_at_ones_refused(
    ruled: Any, field: Any, signed_in: SignedIn, tmp_path: Path, now: datetime
) -> None:
    field("Secret", "text", seen_by=["administrator"])
    field("Rank", "text", edited_by=["administrator"])
    path = tmp_path / "given.csv"
    path.write_text("number;name;e-mail;phone;Secret;Rank;city\n1;Anna;a@x.pl;+48 1;s;r;Lublin\n")

    row = actions.start_from_path(
        by=ruled, now=now, kind=kinds.known("customers"), source="Shop", path=path
    )
    assert row.mapping == {"number": "number", "name": "name", "city": "city"}
    client = signed_in(ruled)
    page = client.get(f"/import/{row.pk}/").content.decode()
    assert 'id="map-email"' not in page
    assert 'id="map-custom_secret"' not in page
    assert page.count("Your role sees this field and may not change it.") == 2

    sent = {"map-number": "number", "map-name": "name", "map-phone": "phone"}
    answer = client.post(f"/import/{row.pk}/run/", sent, follow=True)
    assert "Your role may not change “Phone”. Leave it out" in answer.content.decode()
    row.mapping = {**row.mapping, "email": "e-mail"}
    with pytest.raises(allowed.NotAllowed, match="fills a field that you do not have here"):
        actions.enqueue(by=ruled, now=now, row=row, dry_run=False)
    assert not Customer.objects.exists()


def test_orders_do_not_fill_a_hidden_country(ruled: Any) -> None:
    assert "country" not in allowed.kind_for(ruled, "orders").fields
    assert "country" in allowed.kind_for(None, "orders").fields


def test_a_field_put_away_meanwhile_stops_the_import_with_a_sentence(
    imported: Importer, field: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mainstay.customers.custom_fields.actions import archive_field

    seats = field("Seats", "whole")
    asked = actions.ask

    def late(**given: Any) -> None:
        asked(**given)
        archive_field(by=None, now=now, field=seats)

    monkeypatch.setattr(actions, "ask", late)
    row = imported("customers", "number;name;Seats\n1;Anna;2\n")

    assert (row.state, "was put away" in row.reason) == ("failed", True)
