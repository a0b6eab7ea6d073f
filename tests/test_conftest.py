"""The fixtures keep what they promise."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone


def test_the_stranger_shares_no_team(owner: Any, colleague: Any, stranger: Any) -> None:
    assert owner.team == colleague.team
    assert owner.team != stranger.team


def test_the_clock_stands_at_now(clock: time_machine.Traveller, now: datetime) -> None:
    assert timezone.now() == now


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no journal mode")
def test_sqlite_is_tested_as_it_runs_in_production(db: None) -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
