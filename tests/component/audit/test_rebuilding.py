"""Live ingest, in whatever way events arrive, and a rebuild from zero give the same rows."""

from __future__ import annotations

import random
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.testing.world import fresh_sqlite
from services.audit import migrations
from services.audit import rebuild as module
from services.audit.comparison import digest
from services.audit.rebuild import CopyHasHole, RebuildDisturbed, rebuild
from services.audit.views import ALL
from tests.component.audit.conftest import build
from tests.component.audit.logs import Logs

SCHOOLS = ("s-1", "s-2")
PUPILS = ("p-1", "p-2", "p-3")
DAYS = ("2026-09-01", "2026-09-02")

phrases = st.sampled_from(
    ["applied", "declined", "enrolled", "charged", "waived", "paid", "roll", "fetched", "refused"]
)
stories = st.lists(
    st.tuples(phrases, st.sampled_from(SCHOOLS), st.sampled_from(PUPILS), st.sampled_from(DAYS)),
    max_size=60,
)


def tell(logs: Logs, story, incidents: int = 3) -> None:
    for school in SCHOOLS:
        logs.school(school)
    for phrase, school, pupil, day in story:
        match phrase:
            case "applied":
                logs.applied(school, pupil)
            case "declined":
                logs.applied(school, pupil, "ParticipationDeclined")
            case "enrolled":
                logs.enrolled(school, pupil)
            case "charged":
                logs.charged(school, pupil, month=day[:7])
            case "waived":
                logs.charged(school, pupil, waived=3999)
            case "paid":
                logs.paid(school, pupil, 700)
            case "roll":
                present = [other for other in PUPILS if other != pupil]
                logs.roll(school, present=present, absent=[pupil], day=day)
            case "fetched":
                logs.handed_over(school, pupil, day)
            case "refused":
                logs.refused(school, pupil, day)
    for number in range(incidents):
        logs.incident("s-1", f"i-{number}")
    if incidents:
        logs.notified("s-1", "i-0", "2026-09-01T16:30:00+08:00")


@settings(max_examples=40, deadline=None)
@given(story=stories, seed=st.integers(0, 2**32))
def test_live_ingest_in_any_order_is_what_a_rebuild_gives(story, seed):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        audit = build(fresh_sqlite(Path(folder) / "audit.sqlite", migrations))
        tell(audit.logs, story)
        waiting = audit.logs.events + chance.sample(
            audit.logs.events, k=len(audit.logs.events) // 3
        )
        chance.shuffle(waiting)
        while waiting:
            size = chance.randint(1, 12)
            audit.subscriber.receive(waiting[:size])
            del waiting[:size]
            if chance.random() < 0.1:
                rebuild(audit.service.database)
        live = audit.rows()

        report = rebuild(audit.service.database)

        assert report.equal
        assert report.events == len(audit.logs.events)
        assert audit.rows() == live
        audit.service.database.close()


def test_a_rebuild_restores_what_was_tampered_with(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0]), ("roll", "s-2", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    honest = audit.rows()
    audit.run("UPDATE oversight_rows SET document = '{}' WHERE view = 'funds'")
    audit.run("DELETE FROM oversight_rows WHERE view = 'custody'")
    audit.run("INSERT INTO oversight_rows VALUES ('incidents', 's-9', 'i-9', '{}')")

    report = rebuild(audit.service.database)

    assert audit.rows() == honest
    wrong = {view.view: view for view in report.views if not view.equal}
    assert set(wrong) == {"funds", "custody", "incidents"}
    assert wrong["funds"].different == (("s-1", "2026-09"),)
    assert (wrong["custody"].rows_live, wrong["custody"].rows_rebuilt) == (0, 2)
    assert wrong["incidents"].different == (("s-9", "i-9"),)
    assert rebuild(audit.service.database).equal


def test_one_view_can_be_rebuilt_alone(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    audit.run("DELETE FROM oversight_rows")

    report = rebuild(audit.service.database, [view for view in ALL if view.NAME == "funds"])

    assert {key[0] for key in audit.rows()} == {"funds"}
    assert report.events == len(audit.logs["fees"].events)


def test_what_comes_in_during_a_rebuild_is_not_lost(audit, monkeypatch):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    fold_all = module._Run.fold_all

    def fold_and_more(run):
        fold_all(run)
        audit.logs.charged("s-1", "p-2")
        audit.logs.school("s-new")
        audit.logs.roll("s-new", present=["p-7"], absent=[])
        audit.logs.handed_over("s-new", "p-7")
        audit.subscriber.catch_up()

    monkeypatch.setattr(module._Run, "fold_all", fold_and_more)
    report = rebuild(audit.service.database)

    assert report.equal
    assert report.events == len(audit.logs.events)
    assert audit.see("funds", school_id="s-1")["items"][0]["charged_fen"] == 16000


def test_rebuilding_beside_live_ingest_loses_nothing(audit):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS] * 6)
    waiting = list(audit.logs.events)
    pieces = [waiting[start : start + 7] for start in range(0, len(waiting), 7)]
    ingest = threading.Thread(target=lambda: [*map(audit.subscriber.receive, pieces)])
    ingest.start()
    reports = [rebuild(audit.service.database)]
    while ingest.is_alive():
        reports.append(rebuild(audit.service.database))
    ingest.join()

    final = rebuild(audit.service.database)

    assert all(report.equal for report in [*reports, final])
    assert final.events == len(waiting)


def test_pages_make_no_difference(audit, monkeypatch):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS] * 5)
    audit.subscriber.catch_up()
    monkeypatch.setattr(module, "PAGE", 3)
    monkeypatch.setattr(module, "FLUSH_ROWS", 2)

    assert rebuild(audit.service.database).equal


def test_a_copy_with_a_hole_is_refused(audit):
    tell(audit.logs, [("charged", "s-1", pupil, DAYS[0]) for pupil in PUPILS])
    audit.subscriber.catch_up()
    live = audit.rows()
    audit.run("DELETE FROM audit_events WHERE service = 'fees' AND seq = 2")

    with pytest.raises(CopyHasHole, match="fees/s-1"):
        rebuild(audit.service.database)
    assert audit.rows() == live


def test_a_copy_that_ends_too_early_is_refused(audit):
    tell(audit.logs, [("charged", "s-1", pupil, DAYS[0]) for pupil in PUPILS])
    audit.subscriber.catch_up()
    audit.run("DELETE FROM audit_events WHERE service = 'fees' AND seq = 3")

    with pytest.raises(CopyHasHole, match="fees/s-1"):
        rebuild(audit.service.database)


def test_a_second_rebuild_stops_the_first(audit, monkeypatch):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    fold_all = module._Run.fold_all

    def fold_and_be_overtaken(run):
        fold_all(run)
        monkeypatch.setattr(module._Run, "fold_all", fold_all)
        assert rebuild(audit.service.database).equal

    monkeypatch.setattr(module._Run, "fold_all", fold_and_be_overtaken)
    with pytest.raises(RebuildDisturbed):
        rebuild(audit.service.database)


def test_the_copy_is_the_log_itself(audit):
    tell(audit.logs, [("applied", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()

    with audit.service.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT event_id, actor_role, policy_profile, policy_version FROM audit_events"
        ).all()
    assert {row[0] for row in found} == {event["event_id"] for event in audit.logs.events}
    assert {tuple(row[1:]) for row in found} == {("system", "urban-district", 1)}


def test_a_digest_ignores_order_and_sees_repetition():
    rows = [("s-1", "a", "{}"), ("s-2", "b", "{}")]

    assert digest(rows) == digest(reversed(rows))
    assert digest(rows + rows[:1])[1] != digest(rows)[1]
    assert digest([("s-1a", "", "{}")])[1] != digest([("s-1", "a", "{}")])[1]
