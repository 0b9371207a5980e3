"""Live ingest, in whatever way events arrive, and a rebuild from zero give the same rows."""

from __future__ import annotations

import random
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.testing.world import call, fresh_sqlite
from services.audit import copied, migrations
from services.audit.comparison import digest
from services.audit.copied import CopyHasHole
from services.audit.rebuilds import fence, part, work
from services.audit.refold import FoldFails
from services.audit.views import funds
from tests.component.audit.conftest import OPERATOR, build
from tests.component.audit.logs import Logs

SCHOOLS = ("s-1", "s-2")
PUPILS = ("p-1", "p-2", "p-3")
DAYS = ("2026-09-01", "2026-09-02")

phrases = st.sampled_from(
    [
        "applied",
        "declined",
        "enrolled",
        "withdrew",
        "charged",
        "waived",
        "paid",
        "roll",
        "fetched",
        "refused",
    ]
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
            case "withdrew":
                logs.withdrew(school, pupil)
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


def view(rebuild, name):
    return next(each for each in rebuild.report["views"] if each["view"] == name)


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
                assert audit.rebuild().report["equal"]
        live, stands = audit.rows(), audit.stands()

        rebuild = audit.rebuild()

        assert rebuild.report["equal"]
        assert rebuild.report["events"] >= len(audit.logs.events)
        assert (audit.rows(), audit.stands()) == (live, stands)
        audit.service.database.close()


def test_a_rebuild_restores_what_was_tampered_with(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0]), ("roll", "s-2", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    honest = audit.rows()
    audit.run("UPDATE view_rows SET document = '{}' WHERE view = 'funds'")
    audit.run("DELETE FROM view_rows WHERE view = 'custody'")
    audit.run("INSERT INTO view_rows VALUES ('incidents', 1, 's-9', 'i-9', '{}')")

    rebuild = audit.rebuild()

    assert (rebuild.state, audit.rows()) == ("swapped", honest)
    wrong = {each["view"] for each in rebuild.report["views"] if not each["equal"]}
    assert wrong == {"funds", "custody", "incidents"}
    assert view(rebuild, "funds")["different"] == [["s-1", "2026-09", "wrong"]]
    custody = view(rebuild, "custody")
    assert (custody["rows_live"], custody["rows_rebuilt"]) == (0, 2)
    assert {row[2] for row in custody["different"]} == {"missing"}
    assert view(rebuild, "incidents")["different"] == [["s-9", "i-9", "too many"]]
    assert audit.rebuild().report["equal"]


def test_one_view_can_be_rebuilt_alone(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    audit.run("DELETE FROM view_rows")

    rebuild = audit.rebuild("funds")

    assert {key[0] for key in audit.rows()} == {"funds"}
    assert rebuild.report["events"] == len(audit.logs["fees"].events)


def test_what_comes_in_during_a_rebuild_is_not_lost(audit, monkeypatch):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    catch_up = fence.catch_up

    def news_and_catch_up(*arguments):
        audit.logs.charged("s-1", "p-2")
        audit.logs.school("s-new")
        audit.logs.roll("s-new", present=["p-7"], absent=[])
        audit.logs.handed_over("s-new", "p-7")
        audit.subscriber.catch_up()
        return catch_up(*arguments)

    monkeypatch.setattr(fence, "catch_up", news_and_catch_up)
    rebuild = audit.rebuild()

    assert rebuild.report["equal"]
    assert audit.see("funds", school_id="s-1")["items"][0]["charged_fen"] == 16000
    assert audit.rebuild().report["equal"]


def test_rounds_before_the_fence_fold_what_is_far_behind(audit, monkeypatch):
    monkeypatch.setattr(fence, "NEAR", 0)
    monkeypatch.setattr(copied, "PAGE", 3)
    test_what_comes_in_during_a_rebuild_is_not_lost(audit, monkeypatch)


def test_rebuilding_beside_live_ingest_loses_nothing(audit):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS] * 6)
    waiting = list(audit.logs.events)
    pieces = [waiting[start : start + 7] for start in range(0, len(waiting), 7)]
    ingest = threading.Thread(target=lambda: [*map(audit.subscriber.receive, pieces)])
    ingest.start()
    rebuilds = [audit.rebuild()]
    while ingest.is_alive():
        rebuilds.append(audit.rebuild())
    ingest.join()

    final = audit.rebuild()

    assert all(each.report["equal"] for each in [*rebuilds, final])
    assert final.report["events"] >= len(waiting)


def test_pages_and_spilt_rows_make_no_difference(audit, monkeypatch):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS] * 5)
    tell(audit.logs, [("fetched", "s-1", pupil, day) for pupil in PUPILS[1:] for day in DAYS])
    audit.subscriber.catch_up()
    live, stands = audit.rows(), audit.stands()
    monkeypatch.setattr(copied, "PAGE", 3)
    monkeypatch.setattr(part, "SPILL_ROWS", 2)
    monkeypatch.setattr(part, "TELL_EVENTS", 5)

    assert audit.rebuild().report["equal"]
    assert (audit.rows(), audit.stands()) == (live, stands)


def test_a_copy_with_a_hole_is_refused(audit):
    tell(audit.logs, [("charged", "s-1", pupil, DAYS[0]) for pupil in PUPILS])
    audit.subscriber.catch_up()
    live = audit.rows()
    audit.run("DELETE FROM audit_events WHERE service = 'fees' AND seq = 2")

    rebuild_id = audit.request()
    with pytest.raises(CopyHasHole, match="fees/s-1"):
        audit.work()
    assert (audit.rows(), audit.get(rebuild_id).state) == (live, "failed")
    assert "fees/s-1" in audit.get(rebuild_id).report["error"]


def test_a_copy_that_ends_too_early_is_refused(audit):
    tell(audit.logs, [("charged", "s-1", pupil, DAYS[0]) for pupil in PUPILS])
    audit.subscriber.catch_up()
    audit.run("DELETE FROM audit_events WHERE service = 'fees' AND seq = 3")

    audit.request()
    with pytest.raises(CopyHasHole, match="fees/s-1"):
        audit.work()


def test_only_one_rebuild_at_a_time(audit):
    first = audit.request()

    assert audit.command("request_rebuild", views=[])["code"] == "rebuild.under-way"
    assert audit.command("cancel_rebuild", first)["body"]["state"] == "cancelled"
    assert audit.work() is False
    assert audit.rebuild().state == "swapped"


def test_an_unknown_view_and_an_unknown_rebuild_are_refused(audit):
    assert audit.command("request_rebuild", views=["nonsense"])["code"] == "audit.view-unknown"
    assert audit.command("pause_rebuild", "nonsense")["code"] == "rebuild.not-found"
    assert audit.command("request_rebuild", views=[], reason="")["code"] == "invalid-fields"


def test_a_rebuild_waits_for_a_person_if_told_so(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    audit.run("UPDATE view_rows SET document = '{}' WHERE view = 'funds'")
    tampered = audit.rows()

    ready = audit.rebuild(swap=False)
    assert (ready.state, audit.rows()) == ("ready", tampered)
    assert not ready.report["equal"]

    audit.logs.charged("s-1", "p-2")
    assert audit.command("swap_rebuild", ready.rebuild_id)["status"] == "ok"
    assert audit.work()
    assert audit.get(ready.rebuild_id).state == "swapped"
    audit.subscriber.catch_up()
    assert audit.see("funds", school_id="s-1")["items"][0]["charged_fen"] == 16000


def test_a_paused_rebuild_goes_on_where_it_was(audit, monkeypatch):
    tell(audit.logs, [("roll", "s-1", "p-1", DAYS[0]), ("charged", "s-2", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    rebuild_id = audit.request()
    fold_part, folded = part.fold_part, []

    def fold_and_pause(database, rebuild, place, head):
        folded.append(place)
        if len(folded) == 2:
            audit.command("pause_rebuild", rebuild_id)
        return fold_part(database, rebuild, place, head)

    monkeypatch.setattr(work, "fold_part", fold_and_pause)
    audit.work()
    assert audit.get(rebuild_id).state == "paused"
    assert audit.work() is False
    assert audit.command("swap_rebuild", rebuild_id)["code"] == "rebuild.wrong-state"

    audit.command("resume_rebuild", rebuild_id)
    audit.work()
    assert (audit.get(rebuild_id).state, len(folded)) == ("swapped", len(set(folded)))


def test_a_part_that_is_being_folded_stops_when_the_rebuild_is_cancelled(audit, monkeypatch):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS] * 5)
    audit.subscriber.catch_up()
    live = audit.rows()
    monkeypatch.setattr(copied, "PAGE", 3)
    monkeypatch.setattr(part, "TELL_EVENTS", 3)
    rebuild_id = audit.request("custody")
    take, pages = part._Run.take, []

    def take_and_cancel(run, seq, page):
        pages.append(seq)
        if len(pages) == 2:
            audit.command("cancel_rebuild", rebuild_id)
        take(run, seq, page)

    monkeypatch.setattr(part._Run, "take", take_and_cancel)
    audit.work()

    assert (audit.get(rebuild_id).state, len(pages)) == ("cancelled", 2)
    assert audit.rows() == live
    with audit.service.database.read() as connection:
        count = "SELECT COUNT(*) FROM view_rows WHERE generation <> 1"
        assert connection.exec_driver_sql(count).scalar() == 0


def test_a_rollback_brings_the_rows_before_back_up_to_date(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0]), ("roll", "s-2", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    audit.run("DELETE FROM view_rows WHERE view = 'incidents'")  # wrong, and so it stays
    audit.rebuild()
    assert audit.see("incidents", school_id="s-1")["items"][0]["incidents"]
    tell(audit.logs, [("charged", "s-1", "p-2", DAYS[0]), ("fetched", "s-2", "p-2", DAYS[0])], 0)
    audit.subscriber.catch_up()
    after = {key: row for key, row in audit.rows().items() if key[0] != "incidents"}

    back = audit.rebuild(operation="rollback_views")

    assert (back.state, back.kind) == ("swapped", "rollback")
    assert {key: row for key, row in audit.rows().items() if key[0] != "incidents"} == after
    assert audit.see("incidents", school_id="s-1")["items"][0]["incidents"] == []
    assert audit.rebuild(operation="rollback_views").state == "swapped", "and forth again"
    assert audit.see("incidents", school_id="s-1")["items"][0]["incidents"]


def test_there_is_nothing_to_go_back_to_at_first(audit):
    assert audit.command("rollback_views", views=[])["code"] == "rebuild.nothing-before"


def test_old_generations_are_removed_and_the_one_before_is_kept(audit):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    for _ in range(3):
        audit.rebuild()

    with audit.service.database.read() as connection:
        for table in ("view_rows", "view_positions"):
            found = connection.exec_driver_sql(f"SELECT DISTINCT generation FROM {table}")
            assert sorted(row[0] for row in found) == [3, 4], table


def test_a_rebuild_is_on_record_in_audits_own_log(audit):
    rebuild = audit.rebuild()
    audit.subscriber.catch_up()

    asked, swapped = audit.service.log.read("platform")
    assert (asked["type"], swapped["type"]) == ("RebuildRequested", "ViewsSwapped")
    assert asked["actor"] == {"account_id": "o", "role": "operator"}
    assert swapped["data"]["rebuild_id"] == rebuild.rebuild_id
    assert "a test" not in str(asked)
    with audit.service.database.read() as connection:
        vault = audit.service.log.vault.session(connection)
        assert vault.get(asked["data"]["operation_id"], "reason") == "a test"
        own = "SELECT COUNT(*) FROM audit_events WHERE service = 'audit'"
        assert connection.exec_driver_sql(own).scalar() == 2


def fails_for(pupil):
    fold = funds.fold

    def fail(row, event, key):
        if event["data"]["student_id"] == pupil:
            raise ValueError("a wrong fold")
        return fold(row, event, key)

    return fail


def test_a_fold_that_fails_is_named_and_keeps_the_swap_back(audit, monkeypatch):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.logs.charged("s-2", "p-2")
    audit.subscriber.catch_up()
    monkeypatch.setattr(funds, "fold", fails_for("p-1"))

    rebuild = audit.rebuild("funds")

    assert rebuild.state == "ready"
    (failure,) = rebuild.report["failures"]
    assert (failure["partition"], failure["seq"]) == ("s-1", 1)
    assert failure["error"] == "ValueError: a wrong fold"
    audit.command("swap_rebuild", rebuild.rebuild_id)
    audit.work()
    assert audit.get(rebuild.rebuild_id).state == "swapped"
    assert audit.see("funds", school_id="s-2")["items"][0]["charged_fen"] == 8000


def test_a_parked_event_is_folded_in_its_place_when_it_is_retried(audit, monkeypatch):
    audit.logs.school("s-1")
    right = funds.fold
    monkeypatch.setattr(funds, "fold", fails_for("p-1"))
    audit.logs.charged("s-1", "p-1")
    audit.logs.paid("s-1", "p-2", 700)
    audit.subscriber.catch_up()
    assert audit.rows().get(("funds", "s-1", "2026-09")) is None
    assert [*audit.stands()] == [("schools", "s-1")]

    monkeypatch.setattr(funds, "fold", right)
    audit.later(seconds=1)
    assert audit.subscriber.retry_due() == 2
    live, stands = audit.rows(), audit.stands()
    assert stands["funds", "s-1"][:2] == (2, 2)
    assert audit.rebuild().report["equal"]
    assert (audit.rows(), audit.stands()) == (live, stands)


def test_a_rebuild_of_everything_settles_what_was_parked(audit, monkeypatch):
    audit.logs.school("s-1")
    right = funds.fold
    monkeypatch.setattr(funds, "fold", fails_for("p-1"))
    audit.logs.charged("s-1", "p-1")
    audit.subscriber.catch_up()
    assert audit.rebuild().state == "swapped", "it was parked before, so nothing gets worse"
    listed = call(audit.service, OPERATOR, "list_parked", {}, {})["body"]["items"]
    assert [item["state"] for item in listed] == ["parked"]

    monkeypatch.setattr(funds, "fold", right)
    assert audit.rebuild().state == "swapped"
    assert call(audit.service, OPERATOR, "list_parked", {}, {})["body"]["items"] == []
    assert audit.see("funds", school_id="s-1")["items"][0]["charged_fen"] == 8000


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


def test_a_rollback_shows_what_was_settled_since(audit, monkeypatch):
    audit.logs.school("s-1")
    right = funds.fold
    monkeypatch.setattr(funds, "fold", fails_for("p-1"))
    audit.logs.charged("s-1", "p-1")
    audit.subscriber.catch_up()
    audit.rebuild()  # the event is parked in both generations
    monkeypatch.setattr(funds, "fold", right)
    audit.later(seconds=3600)
    place = {"service": "fees", "partition": "s-1", "seq": "1"}
    call(audit.service, OPERATOR, "retry_parked", place, {"reason": "mended"})
    live, stands = audit.rows(), audit.stands()

    assert audit.rebuild(operation="rollback_views").report["equal"]
    assert (audit.rows(), audit.stands()) == (live, stands)


def test_a_rollback_that_this_release_cannot_do_changes_nothing(audit, monkeypatch):
    tell(audit.logs, [("charged", "s-1", "p-1", DAYS[0])])
    audit.subscriber.catch_up()
    audit.rebuild()
    audit.logs.charged("s-1", "p-1", month="2026-10")
    audit.subscriber.catch_up()
    live = audit.rows()
    monkeypatch.setattr(funds, "fold", fails_for("p-1"))

    rebuild_id = audit.request(operation="rollback_views")
    with pytest.raises(FoldFails):
        audit.work()
    assert (audit.get(rebuild_id).state, audit.rows()) == ("failed", live)
