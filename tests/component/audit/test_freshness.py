"""An answer says whether it may miss something."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from chassis.kernel.call import Principal
from tests.component.audit.logs import START


def told(audit, view="funds", **body):
    seen = audit.see(view, **body)
    return seen["complete"], seen["lag_ms"]


def test_nothing_is_complete_before_the_owners_were_asked(audit):
    assert told(audit) == (False, 0)
    assert audit.see("funds")["heads_seen_at"] is None


def test_what_is_caught_up_is_complete(audit):
    audit.logs.school("s-1")
    audit.logs.charged("s-1", "p-1")
    audit.subscriber.catch_up()
    audit.later(seconds=5)

    seen = audit.see("funds")

    assert (seen["complete"], seen["lag_ms"]) == (True, 0)
    assert seen["as_of"] == seen["heads_seen_at"] == START.isoformat(timespec="milliseconds")


def test_what_cannot_be_applied_is_a_growing_lag(audit):
    audit.logs.school("s-1")
    audit.logs.charged("s-1", "p-1")
    audit.subscriber.catch_up()
    audit.logs["fees"].say("s-1", "FeeCharged", **audit.logs["fees"].events[0]["data"])
    fold = audit.subscriber.apply
    audit.subscriber.apply = audit.subscriber.late = _fails
    audit.subscriber.catch_up()

    audit.later(seconds=30)
    complete, lag_ms = told(audit)
    assert (complete, lag_ms) == (False, 29_000)  # recorded a second after the start
    assert told(audit, "custody")[0] is True

    audit.subscriber.apply = audit.subscriber.late = fold
    audit.subscriber.retry_due()
    assert told(audit) == (True, 0)


def test_another_district_that_lags_is_no_lag_of_mine(audit):
    audit.logs.school("s-1", "d-1")
    audit.logs.school("s-2", "d-2")
    audit.subscriber.catch_up()
    audit.logs["fees"].say("s-2", "PaymentRecorded", **_payment("s-2"))
    for _ in range(2):
        audit.subscriber.lag()

    here = Principal(account_id="b", role="bureau", district_id="d-1")
    there = Principal(account_id="b", role="bureau", district_id="d-2")
    assert audit.see("funds", here)["complete"] is True
    assert audit.see("funds", there)["complete"] is False


def test_a_sweep_that_finds_nothing_refreshes_the_time_now_and_then(audit):
    audit.logs.school("s-1")
    audit.subscriber.catch_up()
    first = audit.see("enrollment")["heads_seen_at"]
    audit.later(seconds=9)
    audit.subscriber.catch_up()
    assert audit.see("enrollment")["heads_seen_at"] == first

    audit.later(seconds=1)
    audit.subscriber.catch_up()
    assert audit.see("enrollment")["heads_seen_at"] > first


def test_an_owner_that_is_away_keeps_its_old_time(audit):
    audit.logs.school("s-1")
    audit.subscriber.catch_up()
    first = audit.see("funds")["as_of"]
    audit.logs["fees"].away = True
    audit.later(minutes=5)
    with pytest.raises(ConnectionError):
        audit.subscriber.catch_up()

    assert audit.see("funds")["as_of"] == first
    assert audit.see("custody")["as_of"] > first


def test_ordinary_traffic_costs_no_extra_transaction(audit):
    audit.logs.school("s-1")
    audit.subscriber.catch_up()
    audit.logs.charged("s-1", "p-1")
    audit.subscriber.catch_up()

    with audit.service.database.read() as connection:
        heads = connection.execute(text("SELECT service, seq FROM known_heads")).all()
    assert sorted(map(tuple, heads)) == [("enrollment", 1), ("fees", 1)]


def _fails(_connection, _events):
    raise KeyError("month")


def _payment(school):
    return {
        "payment_id": "pay-1",
        "school_id": school,
        "student_id": "p-1",
        "month": "2026-09",
        "amount_fen": 1,
        "currency": "CNY",
        "method": "cash",
    }
