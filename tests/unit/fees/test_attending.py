"""Which months a stay covers, when days of it are away."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.fees.charges.domain.months import attends, first_day, last_day

DAYS = st.dates(date(2026, 8, 20), date(2026, 11, 10))
STAYS = st.tuples(DAYS, DAYS)


@given(stay=STAYS, away=st.lists(STAYS, max_size=4))
def test_a_month_counts_when_one_of_its_days_does(stay, away):
    first, month = first_day("2026-09"), "2026-09"
    each = [first + timedelta(days=n) for n in range((last_day(month) - first).days + 1)]
    there = [
        day for day in each if stay[0] <= day <= stay[1] and not any(a <= day <= b for a, b in away)
    ]

    assert attends(month, *stay, away=away) is bool(there)


def test_an_open_suspension_has_no_end():
    away = [(date(2026, 9, 1), date.max)]

    assert not attends("2026-09", date(2026, 9, 1), date(2027, 1, 20), away=away)
