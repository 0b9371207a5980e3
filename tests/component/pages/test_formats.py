"""Dates, times and money."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gateway.pages import formats
from tests.component.pages.world import Browser


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, as_: Callable[..., Browser]) -> object:
    app = as_("nobody").client.application
    with app.test_request_context(headers={"Cookie": f"hp3_lang={request.param}"}):
        yield request.param


def test_dates_times_and_money(language: str) -> None:
    shown = {
        "day": formats.day("2026-09-01"),
        "another year": formats.day("2027-01-22"),
        "month": formats.month("2026-09"),
        "time": formats.time("2026-09-01T07:42:59+00:00"),
        "money": [formats.money(fen) for fen in (8000, 123456705, -50, None)],
        "span": formats.span(90_000),
    }

    assert shown == {
        "day": {"zh": "9月1日 周二", "en": "Tue 1 Sep"}[language],
        "another year": {"zh": "2027年1月22日", "en": "22 Jan 2027"}[language],
        "month": {"zh": "2026年9月", "en": "Sep 2026"}[language],
        "time": "15:42",
        "money": ["¥80.00", "¥1,234,567.05", "−¥0.50", "—"],
        "span": {"zh": "2 分钟", "en": "2 min"}[language],
    }


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("80", 8000), ("80.5", 8050), ("¥1,080.05", 108005), (" 0.01 ", 1)]
    + [(wrong, None) for wrong in ("", "-1", "80.005", "八十", "1e3", "٣", "12345678")],
)
def test_an_amount_that_somebody_types(typed: str, fen: int | None) -> None:
    assert formats.fen(typed) == fen
