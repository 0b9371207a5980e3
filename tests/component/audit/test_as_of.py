"""A view at a past instant is the fold of what was recorded by then, whatever happened since."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel.call import Principal
from chassis.testing.world import fresh_sqlite
from services.audit import migrations, snapshots
from tests.component.audit.conftest import build
from tests.component.audit.logs import DAY, START
from tests.component.audit.test_rebuilding import SCHOOLS, stories, tell

BUREAU = Principal(account_id="b", role="bureau", district_id="d-1")
VIEWS = ("enrollment", "funds", "custody", "incidents")


def at(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).isoformat()


@settings(max_examples=25, deadline=None)
@given(story=stories, share=st.floats(0, 1), every=st.sampled_from([2, 5, 10_000]))
def test_the_past_is_the_fold_of_the_prefix(story, share, every):
    with tempfile.TemporaryDirectory() as folder:
        whole = build(fresh_sqlite(Path(folder) / "whole.sqlite", migrations))
        prefix = build(fresh_sqlite(Path(folder) / "prefix.sqlite", migrations))
        for audit in (whole, prefix):
            tell(audit.logs, story)
            audit.clock.instant = START + timedelta(days=1)
        known = len(whole.logs.events)
        cut = len(SCHOOLS) + int(share * (known - len(SCHOOLS)))
        instant = START + timedelta(seconds=cut - 1)
        early = [e for e in prefix.logs.events if recorded(e) <= instant]
        prefix.subscriber.receive(early)
        whole.subscriber.receive(whole.logs.events)
        shots = pytest.MonkeyPatch()
        shots.setattr(snapshots, "EVERY", every)
        snapshots.extend(whole.service.database)
        shots.undo()
        prefix.clock.instant = instant

        then = {view: whole.see(view, as_of=instant.isoformat())["items"] for view in VIEWS}
        now = {view: prefix.see(view)["items"] for view in VIEWS}

        assert then == now
        for audit in (whole, prefix):
            audit.service.database.close()


def recorded(event) -> datetime:
    return datetime.fromisoformat(event["recorded_at"])


def a_day(audit) -> None:
    audit.logs.school("s-1")
    audit.logs.school("s-2", "d-2")
    audit.logs.roll("s-1", present=["p-1", "p-2"], absent=["p-3"])
    audit.logs.handed_over("s-1", "p-1")
    audit.subscriber.catch_up()
    audit.later(minutes=10)
    audit.subscriber.catch_up()


def test_the_past_does_not_change(audit):
    a_day(audit)
    last = len(audit.logs["attendance"].events) - 1
    before = audit.see("custody", school_id="s-1", as_of=at(last - 1))["items"][0]
    audit.logs.handed_over("s-1", "p-2")
    audit.subscriber.catch_up()

    again = audit.see("custody", school_id="s-1", as_of=at(last - 1))["items"][0]

    assert (before["present"], before["handed_over"]) == (2, 0)
    assert again == before
    assert audit.see("custody", school_id="s-1")["items"][0]["handed_over"] == 2
    assert [child["student_id"] for child in before["children"]] == ["p-1", "p-2"]


def test_it_says_which_instant_it_is_and_whether_all_of_it_is_known(audit):
    a_day(audit)

    seen = audit.see("custody", as_of=at(3))

    assert datetime.fromisoformat(seen["as_of"]) == START + timedelta(seconds=3)
    assert (seen["complete"], seen["lag_ms"]) == (True, 0)
    audit.logs["attendance"].away = True
    audit.later(minutes=10)
    assert audit.see("custody", as_of=at(900))["complete"] is False


def test_before_the_first_event_there_is_nothing(audit):
    a_day(audit)

    item = audit.see("custody", school_id="s-1", as_of=at(-3600))["items"][0]

    assert (item["present"], item["checked_in"], item["children"]) == (0, 0, [])


def test_the_future_is_refused(audit):
    assert audit.ask("custody", as_of=at(3600))["code"] == "audit.in-the-future"


@pytest.mark.parametrize("wrong", ["yesterday", "2026-09-01", "2026-09-01T16:00:00", ""])
def test_an_instant_without_offset_is_refused(audit, wrong):
    assert audit.ask("custody", as_of=wrong)["code"] == "invalid-fields"


def test_a_bureau_sees_the_past_of_its_own_district_only(audit):
    a_day(audit)

    seen = audit.see("custody", BUREAU, as_of=at(5))

    assert [item["school_id"] for item in seen["items"]] == ["s-1"]
    assert audit.ask("custody", BUREAU, district_id="d-2", as_of=at(5))["code"] == "not-found"


def test_snapshots_are_made_once_and_only_where_they_are_due(audit, monkeypatch):
    monkeypatch.setattr(snapshots, "EVERY", 3)
    audit.logs.school("s-1")
    audit.logs.roll("s-1", present=["p-1", "p-2", "p-3", "p-4", "p-5", "p-6"], absent=[])
    audit.subscriber.catch_up()

    made = snapshots.extend(audit.service.database)

    assert made == 4  # custody and custody_days, at 3 and 6 of 7 events
    assert snapshots.extend(audit.service.database) == 0
    assert audit.see("custody", school_id="s-1")["items"][0]["date"] == DAY
