"""The way of a file through the pages: choose, map, check, import, download what was refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.customers.imports import process
from mainstay.customers.imports.models import Import, State
from mainstay.customers.models import Customer

pytestmark = pytest.mark.django_db

FILE = (
    "id;name;country;email\n1;Łódzka "
    "Przędza;Polska;biuro@przedza.pl\n2;;Niemcy;\n3;=cmd();Narnia;x@\n"
)


def upload(
    client: Client, text: str | bytes, name: str = "list.csv", kind: str = "customers"
) -> Any:
    content = text.encode() if isinstance(text, str) else text
    data = {"kind": kind, "source": "Shop", "file": SimpleUploadedFile(name, content)}
    return client.post("/import/new/", data)


def test_a_file_is_mapped_checked_imported(
    manager: Any, signed_in: Callable[[Any], Client], now: Any
) -> None:
    client = signed_in(manager)

    answer = upload(client, FILE)
    row = Import.objects.get()
    page = client.get(answer.url)

    assert row.mapping == {"number": "id", "name": "name", "country": "country", "email": "email"}
    assert "Łódzka Przędza" in page.content.decode()
    assert "This is not an e-mail address." in page.content.decode()

    client.post(f"/import/{row.pk}/check/")
    assert "Checking the file" in client.get(answer.url).content.decode()
    process.run(number=row.pk, now=now)
    checked = client.get(answer.url).content.decode()

    assert "Nothing is written yet" in checked
    assert not Customer.objects.exists()

    client.post(f"/import/{row.pk}/run/")
    process.run(number=row.pk, now=now)
    done = client.get(answer.url).content.decode()
    refused = b"".join(client.get(f"/import/{row.pk}/refused/")).decode("utf-8-sig")

    assert Import.objects.get().state == State.DONE
    assert "Imported." in done
    assert list(Customer.objects.values_list("name", "country")) == [("Łódzka Przędza", "PL")]
    assert refused.splitlines()[1:] == [
        "3,name,Name,,The cell is empty.,Fill it in.",
        "4,email,E-mail,x@,This is not an e-mail address.,Write it like anna@example.com.",
    ]


def test_a_mapping_is_kept_for_the_next_file(
    manager: Any, signed_in: Callable[[Any], Client]
) -> None:
    client = signed_in(manager)
    number = upload(client, "a;b\n1;Anna\n").url
    part = client.post(
        f"{number}mapping/", {"map-number": "a", "map-name": "b"}, headers={"HX-Request": "true"}
    )

    upload(client, "a;b\n2;Bert\n")

    assert "Anna" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert Import.objects.latest("pk").mapping == {"number": "a", "name": "b"}


def test_what_is_no_table_is_refused_with_a_sentence(
    manager: Any, signed_in: Callable[[Any], Client]
) -> None:
    client = signed_in(manager)

    pages = [upload(client, content) for content in (b"", b"%PDF-1.4", b"PK\x03\x04broken")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "This is not a table." in pages[1].content.decode()
    assert not Import.objects.exists()


def test_the_path_of_the_server_is_for_administrators_below_one_folder(
    manager: Any,
    administrator: Any,
    signed_in: Callable[[Any], Client],
    settings: Any,
    tmp_path: Any,
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("id,name\n1,Anna\n")
    (tmp_path / "secret.csv").write_text("id,name\n1,Anna\n")
    settings.IMPORT_DIR = str(tmp_path / "in")
    data = {"kind": "customers", "source": "Shop"}

    theirs = signed_in(manager).post("/import/new/", data | {"path": "a.csv"})
    out = signed_in(administrator).post("/import/new/", data | {"path": "../secret.csv"})
    fine = signed_in(administrator).post("/import/new/", data | {"path": "a.csv"})

    assert "Choose a file." in theirs.content.decode()
    assert "outside the import folder" in out.content.decode()
    assert fine.status_code == 302


def test_encoding_and_delimiter_can_be_changed(
    manager: Any, signed_in: Callable[[Any], Client]
) -> None:
    client = signed_in(manager)
    url = upload(client, "id|name\n1|Łódź\n".encode("cp1250")).url

    client.post(f"{url}layout/", {"encoding": "cp1251", "delimiter": "|", "header": "on"})
    assert Import.objects.get().sample != [["1", "Łódź"]]

    client.post(f"{url}layout/", {"encoding": "cp1250", "delimiter": "|", "header": "on"})
    assert Import.objects.get().sample == [["1", "Łódź"]]


def test_cancelling_before_writing_leaves_nothing(
    manager: Any, signed_in: Callable[[Any], Client], now: Any
) -> None:
    client = signed_in(manager)
    url = upload(client, FILE).url
    client.post(f"{url}run/")

    client.post(f"{url}cancel/")
    process.run(number=Import.objects.get().pk, now=now)

    assert Import.objects.get().state == State.CANCELLED
    assert "Cancelled. Nothing was written." in client.get(url).content.decode()
    assert not Customer.objects.exists()
