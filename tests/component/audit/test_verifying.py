"""Whatever is changed by hand, on either side, is found and located."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.messaging import completeness
from chassis.testing.world import SIGNING_KEY, call
from services.audit.proof import findings, heads, tiles
from services.audit.proof.scrubbing import scrub
from services.audit.proof.verifying import check_consumer
from tests.component.audit.conftest import OPERATOR
from tests.component.audit.ledger import SCHOOL, Ledger, ledger

TEXTS = [name for name in EVENT_COLUMNS if name not in ("seq", "stream_version", "data")]
COPY = "audit_events"
SIDES = {"events": findings.OWNER_CHANGED, COPY: findings.COPY_CHANGED}


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    if request.param == "sqlite":
        urls = [f"sqlite:///{tmp_path / name}" for name in ("owner.sqlite", "audit.sqlite")]
    else:
        fresh: Callable[..., str] = request.getfixturevalue("fresh_database")
        urls = [fresh("owner"), fresh("audit")]
    made = ledger(*urls)
    made.pay(300)  # one full tile and a part of another
    yield made
    made.close()


def test_what_nobody_touched_is_well(books: Ledger):
    books.sign()
    books.pay(5)
    books.pay(3, "s-2")

    verified = books.verify()

    assert verified.found == []
    assert {log.place: log.events for log in verified.logs} == {
        ("fees", SCHOOL): 305,
        ("fees", "s-2"): 3,
    }
    assert (verified.heads, verified.views) == (1, 2)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("seq", [7, 299])
def test_a_flipped_byte_in_the_data_names_its_event_and_the_wrong_side(books, side, seq):
    books.sign()
    books.spoil(
        side,
        f"UPDATE {side} SET data = REPLACE(data, 'cash', 'cbsh') WHERE partition = :p AND seq = :s",
        p=SCHOOL,
        s=seq,
    )

    assert (SIDES[side], SCHOOL, seq) in books.found(quick=True)


@pytest.mark.parametrize("side", SIDES)
def test_every_column_counts(books, side):
    books.sign()
    wrong = set()
    for at, column in enumerate(TEXTS, start=20):
        if column == "partition":
            continue  # a row that moved to another school is missing here, as below
        value = "9" if column in ("schema_version", "policy_version") else "'forged'"
        books.spoil(
            side,
            f"UPDATE {side} SET {column} = {value} WHERE partition = :p AND seq = :s",
            p=SCHOOL,
            s=at,
        )
        wrong.add((SIDES[side], SCHOOL, at))
    books.spoil(
        side, f"UPDATE {side} SET stream_version = 9 WHERE partition = :p AND seq = 50", p=SCHOOL
    )

    assert {*wrong, (SIDES[side], SCHOOL, 50)} <= set(books.found(quick=True))


@pytest.mark.parametrize("seq", [1, 256, 300])
def test_a_deleted_row_is_named(books, seq):
    books.sign()
    for side, what in (("events", findings.OWNER_MISSING), (COPY, findings.COPY_MISSING)):
        books.spoil(side, f"DELETE FROM {side} WHERE partition = :p AND seq = :s", p=SCHOOL, s=seq)
        assert (what, SCHOOL, seq) in books.found(quick=True)


@pytest.mark.parametrize("side", SIDES)
def test_a_swapped_pair_is_named(books, side):
    books.sign()
    for old, new in ((10, 9999), (11, 10), (9999, 11)):
        books.spoil(
            side,
            f"UPDATE {side} SET seq = :n WHERE partition = :p AND seq = :o",
            p=SCHOOL,
            o=old,
            n=new,
        )

    found = books.found(quick=True)
    assert {(SIDES[side], SCHOOL, 10), (SIDES[side], SCHOOL, 11)} <= set(found)


def test_an_inserted_row_is_named(books):
    books.sign()
    columns = ", ".join(name for name in EVENT_COLUMNS if name not in ("seq", "event_id"))
    books.spoil(
        COPY,
        f"INSERT INTO {COPY} (service, seq, event_id, {columns}) "
        f"SELECT service, 301, 'forged', {columns} FROM {COPY} WHERE partition = :p AND seq = 300",
        p=SCHOOL,
    )

    assert (findings.COPY_ADDED, SCHOOL, 301) in books.found(quick=True)


def test_a_change_on_both_sides_is_still_found(books):
    books.sign()
    for side in SIDES:
        books.spoil(
            side,
            f"UPDATE {side} SET actor_id = 'forged' WHERE partition = :p AND seq = 12",
            p=SCHOOL,
        )

    found = books.found(quick=True)
    assert (findings.BOTH_CHANGED, SCHOOL, 12) in found
    assert any(what == findings.HEAD_WRONG for what, _, _ in found)


def test_a_change_on_both_sides_and_in_the_tree_meets_the_signed_head(books):
    books.sign()
    for side in SIDES:
        books.spoil(
            side,
            f"UPDATE {side} SET actor_id = 'forged' WHERE partition = :p AND seq = 12",
            p=SCHOOL,
        )
    books.spoil(COPY, "DELETE FROM tree_tiles")
    tiles.extend(books.audit.subscriber.database, ("fees", SCHOOL), 300)

    assert books.found(quick=True) == [(findings.HEAD_WRONG, SCHOOL, 300)]


def test_a_changed_tile_is_named(books):
    books.sign()
    books.spoil(COPY, "UPDATE tree_tiles SET root = :r WHERE tile = 0", r=b"0" * 32)

    assert (findings.TILE_CHANGED, SCHOOL, 1) in books.found(quick=True)


def test_a_missing_and_a_forged_head_are_named(books):
    for _ in range(3):
        books.sign()
        books.pay(1)
    books.spoil(COPY, "DELETE FROM tree_heads WHERE number = 2")
    assert [what for what, _, _ in books.found(quick=True)] == [findings.HEAD_WRONG]

    books.spoil(COPY, "UPDATE tree_heads SET document = REPLACE(document, '302', '301')")
    details = [f.detail for f in books.verify(quick=True).found]
    assert any("signature" in detail for detail in details)


def test_a_view_that_misses_events_or_rows_is_named(books):
    books.spoil(COPY, "UPDATE view_rows SET document = '{}' WHERE view = 'funds'")
    (wrong,) = books.verify().found
    assert (wrong.what, wrong.help) == (findings.VIEW_DIFFERS, "hp3 rebuild")
    assert "2026-09" in wrong.detail

    books.audit.rebuild()
    books.audit.subscriber.catch_up()
    assert books.found() == []
    books.spoil(COPY, "UPDATE view_positions SET count = 299 WHERE view = 'funds'")
    assert [what for what, _, _ in books.found()] == [findings.VIEW_DIFFERS]


def test_a_missing_copy_is_mended_by_a_replay(books):
    books.spoil(COPY, f"DELETE FROM {COPY} WHERE partition = :p AND seq IN (3, 4)", p=SCHOOL)

    place = {"service": "fees", "partition": SCHOOL}
    wanted = {"from_seq": 3, "to_seq": 300, "again": True, "reason": "hp3 verify said so"}
    reply = call(books.audit.service, OPERATOR, "replay", place, wanted)

    assert reply["body"]["counts"] == {"restored": 2, "skipped": 296}
    books.audit.subscriber.catch_up()
    assert books.found() == []


def test_a_replay_does_not_paint_over_a_changed_copy(books):
    books.spoil(COPY, f"UPDATE {COPY} SET actor_id = 'forged' WHERE seq = 5")

    place = {"service": "fees", "partition": SCHOOL}
    wanted = {"from_seq": 1, "to_seq": 300, "again": True, "reason": "hp3 verify said so"}
    reply = call(books.audit.service, OPERATOR, "replay", place, wanted)

    assert (reply["status"], reply["code"]) == ("refused", "audit.copy-differs")
    assert (findings.COPY_CHANGED, SCHOOL, 5) in books.found(quick=True)


def test_the_scrub_finds_it_without_being_asked(books):
    books.sign()
    database, now = books.audit.subscriber.database, books.audit.clock.now()
    assert scrub(database, now) == []
    books.spoil(COPY, f"UPDATE {COPY} SET actor_id = 'forged' WHERE seq = 299")

    assert [(f.what, f.seq) for f in scrub(database, now)] == [(findings.COPY_CHANGED, 299)]
    listed = call(books.audit.service, OPERATOR, "list_findings")["body"]
    assert (listed["items"][0]["seq"], listed["newest_look"] is None) == (299, False)


def test_the_scrub_goes_on_where_it_was(books):
    books.sign()
    database, now = books.audit.subscriber.database, books.audit.clock.now()
    books.spoil(COPY, f"UPDATE {COPY} SET actor_id = 'forged' WHERE seq = 299")

    looks = [[f.seq for f in scrub(database, now, budget=1)] for _ in range(4)]
    assert looks == [[], [299], [], [299]]


def test_a_consumer_that_saw_something_else_is_named(books):
    subscriber = books.audit.subscriber
    assert completeness.check(subscriber) == []

    def ask(_service, query, body):
        if query == "read_checkpoints":
            return call(books.audit.service, OPERATOR, query)["body"]
        count, digest = books.owner.digest(body["partition"], body["after_seq"], body["to_seq"])
        return {"count": count, "digest": f"{digest:064x}", "head": books.owner.heads()[SCHOOL]}

    assert check_consumer(ask, "audit") == []
    books.spoil("events", "UPDATE events SET actor_id = 'forged' WHERE seq = 4")
    assert [f.what for f in check_consumer(ask, "audit")] == [findings.CONSUMER_DIFFERS]
    books.pay(1)
    assert completeness.check(subscriber) == [], "the range since the last look is as it was"


def test_what_changed_under_way_is_seen_at_the_next_look(books):
    subscriber = books.audit.subscriber
    completeness.check(subscriber)
    books.pay(1)
    books.spoil("events", "UPDATE events SET actor_id = 'forged' WHERE seq = 301")

    (place,) = completeness.check(subscriber)
    assert (place["partition"], place["seq"]) == (SCHOOL, 301)
    shown = call(books.audit.service, OPERATOR, "read_checkpoints")["body"]["places"][0]
    assert shown["complete"] is False
    books.spoil("events", "UPDATE events SET actor_id = 'system' WHERE seq = 301")
    assert completeness.check(subscriber) == []


def test_a_head_is_signed_only_for_news(books):
    first = books.sign()
    assert books.sign()["number"] == first["number"]
    books.pay(1)
    assert books.sign()["number"] == first["number"] + 1


def test_heads_are_exported_once_each(books, tmp_path):
    books.sign()
    with books.audit.service.database.read() as connection:
        chain = heads.of(connection, SCHOOL)
    assert [heads.export(tmp_path, chain) for _ in range(2)] == [1, 0]
    assert len((tmp_path / f"{SCHOOL}.ndjson").read_text().splitlines()) == 1
    assert chain[0].key_id == SIGNING_KEY.key_id
