from datetime import UTC, date, datetime

import pytest

from mainstay.customers.custom_fields import rules
from mainstay.customers.custom_fields.rules import Refused, Spec, Type

MONEY = Spec(Type.MONEY, places=2, low="0", high="1000")


@pytest.mark.parametrize(
    ("spec", "typed", "stored"),
    [
        (Spec(Type.TEXT), "  A1 ", "A1"),
        (Spec(Type.TEXT), "  ", None),
        (Spec(Type.WHOLE), "1 250", 1250),
        (Spec(Type.WHOLE), -3, -3),
        (MONEY, "12,50", 1250),
        (MONEY, 1000, 100000),
        (Spec(Type.DECIMAL, places=3), "0.125", 125),
        (Spec(Type.YES_NO), "tak", 1),
        (Spec(Type.YES_NO), False, 0),
        (Spec(Type.DAY), "2026-03-05", date(2026, 3, 5)),
        (Spec(Type.MOMENT), "2026-03-05T10:00+01:00", datetime(2026, 3, 5, 9, tzinfo=UTC)),
        (Spec(Type.URL), "example.com/a", "https://example.com/a"),
        (Spec(Type.EMAIL), "Anna@Example.com", "Anna@example.com"),
        (Spec(Type.CHOICE, choices=frozenset({4, 5})), 4, 4),
        (Spec(Type.CHOICES, choices=frozenset({4, 5})), [5, 4, 5], (4, 5)),
    ],
)
def test_what_fits_is_stored_in_one_form(spec, typed, stored):
    assert rules.parsed(spec, typed) == stored


@pytest.mark.parametrize(
    ("spec", "typed", "flaw"),
    [
        (Spec(Type.TEXT, required=True), " ", "required"),
        (Spec(Type.TEXT), "a\nb", "type"),
        (Spec(Type.TEXT), "x" * 201, "long"),
        (Spec(Type.WHOLE), "1.5", "places"),
        (Spec(Type.WHOLE), "many", "type"),
        (Spec(Type.WHOLE), True, "type"),
        (Spec(Type.WHOLE), "1e30", "type"),
        (Spec(Type.WHOLE), "NaN", "type"),
        (MONEY, "12.505", "places"),
        (MONEY, "-0.01", "low"),
        (MONEY, "1000.01", "high"),
        (Spec(Type.DAY, low="2026-01-01"), "2025-12-31", "low"),
        (Spec(Type.DAY), "05.03.2026", "type"),
        (Spec(Type.MOMENT), "2026-03-05T10:00", "type"),
        (Spec(Type.URL), "javascript:alert(1)", "type"),
        (Spec(Type.URL), "just words", "type"),
        (Spec(Type.EMAIL), "anna", "type"),
        (Spec(Type.CHOICE, choices=frozenset({4})), 5, "choice"),
        (Spec(Type.CHOICE, choices=frozenset({4})), "huge", "choice"),
        (Spec(Type.USER), "nobody@example.com", "type"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_flaw(spec, typed, flaw):
    with pytest.raises(Refused) as refusal:
        rules.parsed(spec, typed)

    assert refusal.value.flaw == flaw


@pytest.mark.parametrize(
    ("label", "key"),
    [("Umowa do", "umowa_do"), ("Größe (m²)", "grosse_m2"), ("2. Kontakt", "field_2_kontakt")],
)
def test_a_key_is_made_of_the_name(label, key):
    assert rules.key_of(label) == key
