"""Reports are in English here, whatever the locale of whoever runs the tests."""

import pytest


@pytest.fixture(autouse=True)
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
