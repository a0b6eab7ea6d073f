"""The file that a contact gets in return: kept with the form, fetched by who filled it in."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mainstay.customers.capture import tokens
from mainstay.customers.capture.models import CaptureForm
from mainstay.customers.talks import actions as talks
from mainstay.customers.talks import files
from tests.conftest import NOW
from tests.customers.capture.test_public_views import ANNA, visit, visitor

pytestmark = pytest.mark.django_db
__all__ = ["visit", "visitor"]
TYPED = {"name": "Guide", "title": "Our guide", "language": "en", "consent_channel": "email"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def typed(gift, name="", content=b"%PDF"):
    upload = {"upload": SimpleUploadedFile(name, content)} if name else {}
    return TYPED | {"gift": gift} | upload


@pytest.fixture
def guide(manager, signed_in):
    signed_in(manager).post("/capture/add/", typed("file", "guide.pdf"))
    return CaptureForm.objects.get()


def test_who_fills_in_the_form_fetches_its_file(guide, visit, visitor):
    thanks = visit(guide).send(**ANNA).content.decode()

    address = re.search(r'href="(/c/gift/[^"]+)"', thanks)[1]
    answer = visitor.get(address)

    assert b"".join(answer.streaming_content) == b"%PDF"
    assert "guide.pdf" in answer["Content-Disposition"]
    assert "attachment" in answer["Content-Disposition"]
    assert answer.cookies == {}


def test_programs_and_guesses_get_nothing(guide, visitor, clock):
    address = f"/c/gift/{tokens.of_gift(guide.pk, NOW)}/"
    right = visitor.get(address)
    assert b"".join(right.streaming_content) == b"%PDF"
    for wrong in ("/c/gift/x/", address[:-2] + "/", f"/c/gift/{tokens.of_gift(99, NOW)}/"):
        assert visitor.get(wrong).status_code == 404
    clock.shift(timedelta(days=31))
    assert visitor.get(address).status_code == 404


def test_a_file_is_replaced_and_taken_off(
    guide, manager, signed_in, visitor, django_capture_on_commit_callbacks
):
    client, path = signed_in(manager), f"/capture/{guide.pk}/edit/"
    assert "guide.pdf" in client.get(path).content.decode()
    refused = client.post(path, typed("file", "run.exe"))
    assert "of a kind that is not kept" in refused.content.decode()

    client.post(path, typed("file"))
    assert [name for name, _at in files.kept()] == [guide.file_place]
    assert talks.forget_unclaimed(now=NOW + timedelta(days=9000)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, typed("file", "new.pdf", b"new"))
    guide.refresh_from_db()
    assert (guide.file_name, [name for name, _at in files.kept()]) == (
        "new.pdf",
        [guide.file_place],
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, typed("none"))
    assert list(files.kept()) == []
    assert visitor.get(f"/c/gift/{tokens.of_gift(guide.pk, NOW)}/").status_code == 404
