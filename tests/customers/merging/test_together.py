"""Two people merge the same records at the same moment: one does, the other gets a sentence."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mainstay.customers.merging.models import Absorbed
from tests.customers.merging.world import fresh, join
from tests.factories.customers import CustomerFactory, InteractionFactory


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_merges_of_the_same_records_happens() -> None:
    first, second = CustomerFactory(), CustomerFactory()
    talks = [InteractionFactory(customer=row) for row in (first, second)]
    told: list[Any] = []
    start = threading.Barrier(2)

    def attempt(kept: Any, gone: Any) -> None:
        start.wait()
        try:
            told.append(join(kept, gone).survivor_id)
        except ValidationError as refusal:
            told.append(refusal.messages[0])
        finally:
            connection.close()

    threads = [
        threading.Thread(target=attempt, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [survivor] = [each for each in told if isinstance(each, int)]
    [sentence] = [each for each in told if isinstance(each, str)]
    assert "was merged into" in sentence or "archived" in sentence
    assert Absorbed.objects.count() == 1
    assert {fresh(talk).customer_id for talk in talks} == {survivor}
