"""What an operator may ask of a consumer, as commands and queries of its service.

Each command claims the checkpoint before it locks the partition, in the order in which the consumer
itself takes its locks. What was done goes on record as an event; the reason typed goes into the
vault, under the operation's id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from marshmallow import Schema
from sqlalchemy import Connection

from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.operations import (
    EventsReplayed,
    ParkedEventDiscarded,
    ParkedEventRetried,
)
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.messaging import completeness, parking, settling
from chassis.messaging.parking import Parked
from chassis.messaging.replay import replay, stored
from chassis.messaging.settling import Settled, trial
from chassis.messaging.subscriber import Subscriber

OPERATORS = frozenset({"operator"})

Settle: TypeAlias = Callable[[Subscriber, Connection, Parked], Settled]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The schemas of the bodies; they are part of the published language (contracts.operations)."""

    list_parked: Schema
    settle: Schema
    replay: Schema


def commands(subscriber: Subscriber, shapes: Shapes) -> Mapping[str, CommandRoute]:
    """Return ``retry_parked``, ``discard_parked`` and ``replay``."""

    def first(connection: Connection, request: Request) -> None:
        subscriber.checkpoints.claim(connection, [(request["service"], request["partition"])])

    def settle(how: Settle, record: Any, discards: bool) -> Callable[..., Reply]:
        def run(work: UnitOfWork, request: Request, _call: Call) -> Reply:
            line = settling.line_of(work.connection, *_place(request))
            head = settling.first_in_line(line, _place(request)[2])
            with trial(work.connection, undo=request["dry_run"]):
                done = how(subscriber, work.connection, head)
            if not request["dry_run"]:
                _note(work, request, record, named=head.event["type"], done=done)
            return Reply(_settled(subscriber, request, done, head if discards else None))

        return run

    def run_replay(work: UnitOfWork, request: Request, _call: Call) -> Reply:
        return _replay(subscriber, work, request)

    def route(run: Callable[..., Reply], schema: Schema) -> CommandRoute:
        return CommandRoute(run, OPERATORS, _partition, schema, first=first)

    return {
        "retry_parked": route(settle(settling.retry, ParkedEventRetried, False), shapes.settle),
        "discard_parked": route(
            settle(settling.discard, ParkedEventDiscarded, True), shapes.settle
        ),
        "replay": route(run_replay, shapes.replay),
    }


def queries(subscriber: Subscriber, shapes: Shapes) -> Mapping[str, QueryRoute]:
    """Return ``list_parked``, ``show_parked`` and ``read_checkpoints``."""

    def list_parked(connection: Connection, request: Request, _call: Call) -> dict[str, Any]:
        everything = parking.everything(connection)
        chosen = [
            row
            for row in everything
            if request["partition"] in (None, row.event["partition"])
            and request["state"] in (None, row.state)
        ]
        start, limit = request["after"], request["limit"]
        behind = Counter(row.stream for row in everything)
        return {
            "consumer": subscriber.consumer,
            "items": [_item(row, behind[row.stream]) for row in chosen[start : start + limit]],
            "counts": dict(Counter(row.state for row in everything)),
            "next": start + limit if len(chosen) > start + limit else None,
        }

    def show_parked(connection: Connection, request: Request, _call: Call) -> dict[str, Any]:
        line = settling.line_of(connection, *_place(request))
        row = next(row for row in line if row.event["seq"] == _place(request)[2])
        waiting = [each.event["seq"] for each in line if each.event["seq"] > row.event["seq"]]
        return {**_item(row, len(waiting) + 1), "event": row.event, "waiting": waiting}

    def read_checkpoints(connection: Connection, _request: Request, _call: Call) -> dict[str, Any]:
        parked, compared = parking.counts(connection), completeness.results(connection)
        places = []
        for place in subscriber.checkpoints.all():
            where = place["service"], place["partition"]
            last = compared.get(where)
            places.append(
                {
                    **place,
                    "parked": parked.get(where, 0),
                    "complete": bool(last["complete"]) if last else None,
                    "compared_seq": last["seq"] if last else 0,
                    "compared_at": last["checked_at"] if last else None,
                }
            )
        return {"consumer": subscriber.consumer, "places": places}

    return {
        "list_parked": QueryRoute(list_parked, OPERATORS, shapes.list_parked),
        "show_parked": QueryRoute(show_parked, OPERATORS),
        "read_checkpoints": QueryRoute(read_checkpoints, OPERATORS),
    }


def _replay(subscriber: Subscriber, work: UnitOfWork, request: Request) -> Reply:
    service, partition = request["service"], request["partition"]
    events = stored(subscriber, service, partition, request["from_seq"], request["to_seq"])
    with trial(work.connection, undo=request["dry_run"]):
        outcomes = replay(subscriber, work.connection, events, again=request["again"])
    counts = Counter(outcome.split(":")[0] for outcome in outcomes.values())
    if not request["dry_run"]:
        work.go_on()
        skipped = counts["skipped"] + counts["failed"]
        _append(
            work,
            request,
            EventsReplayed(
                operation_id=(operation_id := work.log.ids()),
                service=service,
                from_seq=request["from_seq"],
                to_seq=request["to_seq"],
                applied=len(outcomes) - skipped,
                skipped=skipped,
            ),
            operation_id,
        )
    at = subscriber.checkpoints.claim(work.connection, [(service, partition)])
    return Reply(
        {
            "consumer": subscriber.consumer,
            "dry_run": request["dry_run"],
            "checkpoint": at[service, partition].seq,
            "counts": dict(counts),
            "outcomes": {str(seq): outcome for seq, outcome in sorted(outcomes.items())},
        }
    )


def _note(work: UnitOfWork, request: Request, record: Any, *, named: str, done: Settled) -> None:
    work.go_on()
    operation_id = work.log.ids()
    event = record(
        operation_id=operation_id,
        service=request["service"],
        seq=_place(request)[2],
        type=named,
        applied=len(done.applied),
        still_parked=done.left,
    )
    _append(work, request, event, operation_id)


def _append(work: UnitOfWork, request: Request, event: object, operation_id: str) -> None:
    work.vault.put(operation_id, reason=request["reason"])
    work.append(f"operation-{operation_id}", [event])


def _settled(
    subscriber: Subscriber, request: Request, done: Settled, discarded: Parked | None
) -> dict[str, Any]:
    failed = done.failed
    return {
        "consumer": subscriber.consumer,
        "dry_run": request["dry_run"],
        "discarded": discarded.event["seq"] if discarded else None,
        "applied": [event["seq"] for event in done.applied],
        "failed": {"seq": failed.event["seq"], "error": failed.error or ""} if failed else None,
        "still_parked": done.left,
    }


def _item(row: Parked, in_line: int) -> dict[str, Any]:
    names = ("service", "partition", "seq", "stream_id", "type", "schema_version")
    return {
        **{name: row.event[name] for name in names},
        "state": row.state,
        "attempts": row.attempts,
        "error": row.error,
        "parked_at": row.parked_at,
        "next_try_at": row.next_try_at,
        "behind": 0 if row.state == parking.WAITING else in_line - 1,
    }


def _partition(_connection: Connection, request: Request, _call: Call) -> str:
    partition: str = request["partition"]
    return partition


def _place(request: Request) -> tuple[str, str, int]:
    seq = str(request["seq"])
    return request["service"], request["partition"], int(seq) if seq.isdigit() else 0
