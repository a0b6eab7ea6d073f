"""Order lines by opportunities to buy: weeks or months instead of days.

Where customers can buy once a month, the days within it say nothing. Each line is moved to the day
whose number since 1970 is that of its opportunity, so all that counts days counts opportunities.
"""

from datetime import date, timedelta

import ibis

UNITS = ("week", "month")
EPOCH, MONDAY = date(1970, 1, 1), date(1970, 1, 5)
DAYS_OF_WEEK, MONTHS_OF_YEAR = 7, 12


def by_opportunity(lines: ibis.Table, *, unit: str) -> ibis.Table:
    """Return the lines with the number of the week or month since 1970 in place of the day."""
    day = lines.day
    if unit == "week":
        number = day.delta(ibis.literal(MONDAY), unit="day").floordiv(DAYS_OF_WEEK)
    else:
        number = (day.year() - EPOCH.year) * MONTHS_OF_YEAR + day.month() - 1
    return lines.mutate(day=(ibis.literal(EPOCH) + number.as_interval("D")).cast("date"))


def latest(as_of: date, *, unit: str) -> date:
    """Return the day that stands for the last opportunity that is over at the end of `as_of`."""
    after = as_of + timedelta(1)
    if unit == "week":
        number = (after - MONDAY).days // DAYS_OF_WEEK
    else:
        number = (after.year - EPOCH.year) * MONTHS_OF_YEAR + after.month - 1
    return EPOCH + timedelta(number - 1)


def name(stands_for: date, *, unit: str) -> str:
    """Return how people call the opportunity: 2011-06, or the Monday of a week."""
    number = (stands_for - EPOCH).days
    if unit == "week":
        return (MONDAY + timedelta(DAYS_OF_WEEK * number)).isoformat()
    return f"{EPOCH.year + number // MONTHS_OF_YEAR}-{number % MONTHS_OF_YEAR + 1:02}"
