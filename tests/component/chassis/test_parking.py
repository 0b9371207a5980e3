"""An event that cannot be applied is parked in order; everything else goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.eventsourcing.envelope import encode, leaf_hash
from chassis.kernel.errors import NewerVersion, NotYet
from chassis.messaging.parking import DELAYS
from tests.component.chassis.choir import Choir, gather


@pytest.fixture(params=["sqlite", "postgresql"])
def choir(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Choir]:
    if request.param == "sqlite":
        urls = [f"sqlite:///{tmp_path / name}" for name in ("owner.sqlite", "own.sqlite")]
    else:
        fresh = request.getfixturevalue("fresh_database")
        urls = [fresh("owner"), fresh("own")]
    made = gather(*urls)
    yield made
    made.owner.database.close()
    made.own.database.close()


def stuck(choir: Choir) -> None:
    """Leave ``b`` failing with ``c`` behind it, and ``x``, ``y`` of another stream applied."""
    choir.broken["b"] = ValueError("cannot sing b")
    choir.sing("anna", "a", "b")
    choir.sing("boris", "x")
    choir.sing("anna", "c")
    choir.sing("boris", "y")
    choir.subscriber.catch_up()


def events_of(choir: Choir) -> list[str]:
    return [event["type"] for event in choir.own.read("north")]


def test_only_the_stream_of_a_failing_event_waits(choir):
    stuck(choir)

    assert choir.heard() == ["a", "x", "y"]
    assert choir.states() == [(2, "retrying", 1), (4, "waiting", 0)]
    assert choir.subscriber.position("owner", "north") == 5
    assert choir.parked()[0]["error"] == "ValueError: cannot sing b"


def test_what_comes_later_lines_up_behind(choir):
    stuck(choir)
    choir.sing("anna", "d")
    choir.sing("clara", "z")
    choir.subscriber.catch_up()

    assert choir.heard() == ["a", "x", "y", "z"]
    assert [state for _, state, _ in choir.states()] == ["retrying", "waiting", "waiting"]


def test_a_failing_effect_leaves_nothing_behind(choir):
    stuck(choir)

    assert "b" not in choir.heard()  # its row was written before it failed
    assert events_of(choir) == ["Echoed"] * 3


def test_it_is_tried_again_with_growing_delays_and_then_waits_for_a_person(choir):
    stuck(choir)

    for tried, delay in enumerate(DELAYS, start=1):
        assert choir.states()[0] == (2, "retrying", tried)
        choir.later(delay - 0.5)
        assert choir.states()[0] == (2, "retrying", tried), "not before its time"
        choir.later(0.5)
    assert choir.states()[0] == (2, "parked", len(DELAYS) + 1)
    choir.broken.clear()
    assert choir.later(3600) == 0


def test_it_heals_by_itself_when_the_cause_goes(choir):
    stuck(choir)
    choir.broken.clear()

    assert choir.later(DELAYS[0]) == 2
    assert choir.heard() == ["a", "x", "y", "b", "c"]
    assert choir.parked() == []


def test_one_that_fails_behind_is_first_in_line_then(choir):
    stuck(choir)
    choir.broken.clear()
    choir.broken["c"] = ValueError("nor c")
    choir.later(DELAYS[0])

    assert choir.heard() == ["a", "x", "y", "b"]
    assert choir.states() == [(4, "retrying", 1)]


def test_an_outage_parks_nothing_and_is_tried_again_as_a_whole(choir):
    choir.broken["a"] = OSError("the disk is away")
    choir.sing("anna", "a")
    with pytest.raises(OSError, match="away"):
        choir.subscriber.catch_up()
    assert (choir.parked(), choir.subscriber.position("owner", "north")) == ([], 0)

    choir.broken.clear()
    choir.subscriber.catch_up()
    assert choir.heard() == ["a"]


def test_a_fact_that_is_not_here_yet_gets_longer(choir):
    choir.broken["a"] = NotYet("the term")
    choir.sing("anna", "a")
    choir.subscriber.catch_up()
    for _ in range(60):
        choir.later(10)
    assert choir.states()[0][1] == "retrying"

    choir.broken.clear()
    choir.later(10)
    assert choir.heard() == ["a"]


def test_a_newer_version_is_parked_at_once_and_tried_by_the_next_start(choir):
    choir.broken["a"] = NewerVersion("Sung v2")
    choir.sing("anna", "a")
    choir.subscriber.catch_up()
    choir.broken.clear()
    choir.later(3600)
    assert choir.states() == [(1, "parked", 1)]

    choir.subscriber.wake()
    choir.subscriber.retry_due()
    assert choir.heard() == ["a"]


def test_a_digest_counts_what_is_parked_and_is_the_owners(choir):
    stuck(choir)

    (place,) = choir.ask("read_checkpoints", {}, {})["places"]
    count, digest = choir.owner.digest("north", 0, 5)
    assert (place["seq"], place["parked"], place["since"]) == (5, 2, 0)
    assert (count, place["digest"]) == (5, f"{digest:064x}")
    leaves = [int.from_bytes(leaf_hash(encode(event))) for event in choir.owner.read("north")]
    assert digest == sum(leaves) % 2**256


def test_an_operator_retries_it_on_record(choir):
    stuck(choir)
    choir.broken.clear()

    done = choir.settle("retry_parked", 2)

    assert done["body"]["applied"] == [2, 4]
    assert choir.heard() == ["a", "x", "y", "b", "c"]
    (record,) = [e for e in choir.own.read("north") if e["type"] == "ParkedEventRetried"]
    assert record["actor"] == {"account_id": "night-shift", "role": "operator"}
    assert (record["data"]["seq"], record["data"]["applied"]) == (2, 2)
    assert "told so" not in str(record)
    with choir.own.database.read() as connection:
        vault = choir.own.vault.session(connection)
        assert vault.get(record["data"]["operation_id"], "reason") == "told so at night"
    assert [event["seq"] for event in choir.own.read("north")] == [1, 2, 3, 4, 5, 6]


def test_a_retry_that_fails_changes_nothing_but_its_count(choir):
    stuck(choir)

    done = choir.settle("retry_parked", 2)["body"]

    assert (done["applied"], done["failed"]["seq"], done["still_parked"]) == ([], 2, 2)
    assert choir.heard() == ["a", "x", "y"]
    assert choir.states() == [(2, "retrying", 2), (4, "waiting", 0)]


def test_discarding_lets_those_behind_go_on(choir):
    stuck(choir)

    done = choir.settle("discard_parked", 2)["body"]

    assert (done["discarded"], done["applied"], done["still_parked"]) == (2, [4], 0)
    assert choir.heard() == ["a", "x", "y", "c"]
    assert "ParkedEventDiscarded" in events_of(choir)


@pytest.mark.parametrize("operation", ["retry_parked", "discard_parked"])
def test_a_dry_run_tells_and_changes_nothing(choir, operation):
    stuck(choir)
    before = choir.parked()
    if operation == "retry_parked":
        choir.broken.clear()

    done = choir.settle(operation, 2, dry_run=True)["body"]

    assert (done["dry_run"], 4 in done["applied"]) == (True, True)
    assert (choir.parked(), choir.heard(), events_of(choir)) == (
        before,
        ["a", "x", "y"],
        ["Echoed"] * 3,
    )


@pytest.mark.parametrize(
    ("seq", "code"), [(4, "parked.waits-behind"), (1, "parked.not-found"), (99, "parked.not-found")]
)
def test_only_the_first_in_line_can_be_settled(choir, seq, code):
    stuck(choir)

    for operation in ("retry_parked", "discard_parked"):
        assert choir.settle(operation, seq)["code"] == code
    assert len(choir.parked()) == 2


def test_a_reason_is_required(choir):
    stuck(choir)

    assert choir.settle("discard_parked", 2, reason="")["code"] == "invalid-fields"


def test_one_is_shown_whole(choir):
    stuck(choir)

    shown = choir.ask("show_parked", {"service": "owner", "partition": "north", "seq": "2"}, {})

    assert (shown["event"]["data"], shown["waiting"]) == ({"note": "b"}, [4])
    assert choir.parked(state="waiting")[0]["seq"] == 4


def lose(choir: Choir) -> None:
    with choir.own.database.write() as connection:
        connection.execute(sa.text("DELETE FROM heard"))


def test_a_replay_skips_what_was_applied(choir):
    choir.sing("anna", "a", "b", "c")
    choir.subscriber.catch_up()

    done = choir.replay(1, 3)["body"]

    assert done["counts"] == {"skipped": 3}
    assert choir.heard() == ["a", "b", "c"]


def test_a_replay_fills_what_is_missing(choir):
    choir.sing("anna", "a", "b")
    choir.subscriber.catch_up()
    choir.sing("anna", "c", "d")

    assert choir.replay(2, 4, dry_run=True)["body"]["counts"] == {"skipped": 1, "applied": 2}
    assert choir.heard() == ["a", "b"]
    assert choir.replay(2, 4)["body"]["counts"] == {"skipped": 1, "applied": 2}
    assert choir.heard() == ["a", "b", "c", "d"]
    assert choir.subscriber.position("owner", "north") == 4
    assert choir.subscriber.catch_up() == 0


def test_a_replay_again_restores_lost_rows(choir):
    choir.sing("anna", "a", "b")
    choir.subscriber.catch_up()
    lose(choir)

    done = choir.replay(1, 2, again=True)["body"]

    assert done["outcomes"] == {"1": "applied again", "2": "applied again"}
    assert choir.heard() == ["a", "b"]
    assert events_of(choir)[-1] == "EventsReplayed"


def test_a_replay_leaves_parked_events_alone(choir):
    stuck(choir)

    done = choir.replay(1, 5, again=True)["body"]

    assert done["counts"] == {"skipped": 2, "applied again": 3}
    assert len(choir.parked()) == 2


@pytest.mark.parametrize(
    ("first", "last", "more", "code"),
    [
        (1, 2, {"again": True}, "replay.would-go-back"),
        (3, 2, {}, "replay.range-unusable"),
        (1, 9, {}, "replay.range-unusable"),
        (5, 5, {}, "replay.range-unusable"),
    ],
)
def test_a_replay_that_would_do_harm_is_refused(choir, first, last, more: dict[str, Any], code):
    choir.sing("anna", "a", "b", "c")
    choir.subscriber.catch_up()
    choir.sing("anna", "d", "e")

    assert choir.replay(first, last, **more)["code"] == code
    assert choir.heard() == ["a", "b", "c"]


def test_nobody_listens_to_everything(choir):
    reply = choir.call(
        "replay",
        {"service": "fees", "partition": "north"},
        {"from_seq": 1, "to_seq": 1, "reason": "because"},
    )
    assert reply["code"] == "replay.not-listening"
