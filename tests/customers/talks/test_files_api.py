"""Files of conversations over the API: kinds, sizes and reach as on the page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mainstay.customers.sharing.actions import share
from mainstay.customers.talks import files
from mainstay.customers.talks.models import Attachment
from tests.api import ApiClient, is_problem
from tests.factories.customers import InteractionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(owner: Any) -> Any:
    return InteractionFactory(customer__owner=owner, customer__team=owner.team)


def send(api: ApiClient, talk: Any, *named: str, key: str = "", content: bytes = b"abc") -> Any:
    uploads = [SimpleUploadedFile(name, content) for name in named]
    headers = api.headers | ({"Idempotency-Key": key} if key else {})
    path = f"/api/v1/interactions/{talk.pk}/files"
    return api.client.post(path, {"uploads": uploads}, headers=headers)


def test_files_are_kept_listed_fetched_and_deleted(
    owner: Any, stranger: Any, talk: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    api, theirs = ApiClient(owner), ApiClient(stranger)

    kept = send(api, talk, "offer.pdf", "photo.jpg")

    assert kept.status_code == 201
    items = kept.json()["items"]
    assert [(each["name"], each["size"], each["added_by"]) for each in items] == [
        ("offer.pdf", 3, owner.email), ("photo.jpg", 3, owner.email),
    ]  # fmt: skip
    path = f"/interactions/{talk.pk}/files/{items[0]['id']}"
    fetched = api.get(path)
    assert b"".join(fetched.streaming_content) == b"abc"
    assert "offer.pdf" in fetched["Content-Disposition"]
    other = InteractionFactory(customer=talk.customer)
    is_problem(api.get(f"/interactions/{other.pk}/files/{items[0]['id']}"), 404)
    is_problem(theirs.get(path), 404)
    is_problem(send(theirs, talk, "a.pdf"), 404)
    assert api.post(path, method="delete").json()["name"] == "offer.pdf"
    listed = api.get(f"/interactions/{talk.pk}/files").json()["items"]
    assert [each["name"] for each in listed] == ["photo.jpg"]


def test_what_does_not_fit_is_refused_whole(
    owner: Any, stranger: Any, talk: Any, now: Any, monkeypatch: Any
) -> None:
    api = ApiClient(owner)
    monkeypatch.setattr(files, "LARGEST", 5)

    for refused in (
        send(api, talk, "offer.pdf", "run.exe"),
        send(api, talk, "large.pdf", content=b"123456"),
        send(api, talk, *[f"{n}.pdf" for n in range(11)]),
        api.post(f"/interactions/{talk.pk}/files", {"uploads": []}),
    ):
        is_problem(refused, 422)
    share(by=owner, now=now, customer=talk.customer, user=stranger, may_edit=False)
    is_problem(send(ApiClient(stranger), talk, "a.pdf"), 403)
    assert not Attachment.objects.exists()


def test_the_same_key_keeps_once(owner: Any, talk: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    api = ApiClient(owner)

    for _time in range(2):
        assert len(send(api, talk, "a.pdf", key="one").json()["items"]) == 1
    is_problem(send(api, talk, "a.pdf", key="one", content=b"abd"), 409)

    assert Attachment.objects.count() == 1


def test_topics_are_offered_and_put_away(owner: Any, read_only: Any) -> None:
    api = ApiClient(owner)

    api.put("/preferences/topics", {"names": ["Prices", "Fairs"]})
    told = api.put("/preferences/topics", {"names": ["Prices", "News"]}).json()

    assert told == api.get("/preferences/topics").json() == {"names": ["News", "Prices"]}
    is_problem(ApiClient(read_only).put("/preferences/topics", {"names": []}), 403)
