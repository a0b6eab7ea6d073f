"""When to try again, and when to stop, on plain values."""

from datetime import timedelta

# After each attempt that was not accepted; after the last, the delivery is given up: some 21 hours.
PAUSES = tuple(timedelta(seconds=each) for each in (10, 60, 300, 1800, 7200, 21600, 43200))
MOST_GIVEN_UP_IN_A_ROW = 3
GONE = 410


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts; None: give up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def gives_up_endpoint(*, status: int | None, given_up_in_a_row: int) -> bool:
    """Answer whether to stop sending there until a person looks at it."""
    return status == GONE or given_up_in_a_row >= MOST_GIVEN_UP_IN_A_ROW
