"""What an operator may ask of a consumer, as operations of its service.

Each command claims the checkpoint before it locks the partition, in the order in which the consumer
itself takes its locks. What was done goes on record as an event; the reason typed goes into the
vault, under the operation's id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.messaging import completeness, parking, settling
from chassis.messaging.parking import Parked
from chassis.messaging.replay import replay, stored
from chassis.messaging.settling import Settled, trial
from chassis.messaging.subscriber import Subscriber
from contracts.operations import consumers as said
from contracts.shapes import Nothing

Settle: TypeAlias = Callable[[Subscriber, Connection, Parked], Settled]


def handles(subscriber: Subscriber) -> Handles:
    """Return what every service does about its own consumer."""

    def first(connection: Connection, request: said.Settle | said.Replay) -> None:
        subscriber.checkpoints.claim(connection, [(request.service, request.partition)])

    def command(run: Callable[..., Reply]) -> CommandHandler:
        return CommandHandler(run, _partition, first=first)

    retry = _settling(subscriber, settling.retry, said.ParkedEventRetried)
    discard = _settling(subscriber, settling.discard, said.ParkedEventDiscarded)
    return {
        said.RETRY_PARKED: command(retry),
        said.DISCARD_PARKED: command(discard),
        said.REPLAY: command(partial(_replay, subscriber)),
        said.LIST_PARKED: partial(_list_parked, subscriber),
        said.SHOW_PARKED: _show_parked,
        said.READ_CHECKPOINTS: partial(_read_checkpoints, subscriber),
    }


def _settling(
    subscriber: Subscriber,
    how: Settle,
    record: type[said.ParkedEventRetried] | type[said.ParkedEventDiscarded],
) -> Callable[..., Reply[said.Settled]]:
    def run(work: UnitOfWork, request: said.Settle, _call: Call) -> Reply[said.Settled]:
        line = settling.line_of(work.connection, *_place(request))
        head = settling.first_in_line(line, _place(request)[2])
        with trial(work.connection, undo=request.dry_run):
            done = how(subscriber, work.connection, head)
        if not request.dry_run:
            _note(work, request, record, named=head.event["type"], done=done)
        given_up = head if record is said.ParkedEventDiscarded else None
        return Reply(_settled(subscriber, request, done, given_up))

    return run


def _list_parked(
    subscriber: Subscriber, reading: Reading, request: said.ListParked
) -> said.ParkedList:
    everything = parking.everything(reading.connection)
    chosen = [
        row
        for row in everything
        if request.partition in (None, row.event["partition"])
        and request.state in (None, row.state)
    ]
    start, limit = request.after, request.limit
    behind = Counter(row.stream for row in everything)
    shown = chosen[start : start + limit]
    return said.ParkedList(
        consumer=subscriber.consumer,
        items=tuple(said.ParkedItem(**_item(row, behind[row.stream])) for row in shown),
        counts=dict(Counter(row.state for row in everything)),
        next=start + limit if len(chosen) > start + limit else None,
    )


def _show_parked(reading: Reading, request: said.ShowParked) -> said.ParkedShown:
    line = settling.line_of(reading.connection, *_place(request))
    row = next(row for row in line if row.event["seq"] == _place(request)[2])
    waiting = [each.event["seq"] for each in line if each.event["seq"] > row.event["seq"]]
    return said.ParkedShown(**_item(row, len(waiting) + 1), event=row.event, waiting=tuple(waiting))


def _read_checkpoints(
    subscriber: Subscriber, reading: Reading, _request: Nothing
) -> said.Checkpoints:
    parked = parking.counts(reading.connection)
    compared = completeness.results(reading.connection)
    places = []
    for place in subscriber.checkpoints.all():
        where = place["service"], place["partition"]
        last = compared.get(where)
        item = said.CheckpointItem(
            **place,
            parked=parked.get(where, 0),
            complete=bool(last["complete"]) if last else None,
            compared_seq=last["seq"] if last else 0,
            compared_at=last["checked_at"] if last else None,
        )
        places.append(item)
    return said.Checkpoints(consumer=subscriber.consumer, places=tuple(places))


def _replay(
    subscriber: Subscriber, work: UnitOfWork, request: said.Replay, _call: Call
) -> Reply[said.Replayed]:
    service, partition = request.service, request.partition
    events = stored(subscriber, service, partition, request.from_seq, request.to_seq)
    with trial(work.connection, undo=request.dry_run):
        outcomes = replay(subscriber, work.connection, events, again=request.again)
    counts = Counter(outcome.split(":")[0] for outcome in outcomes.values())
    if not request.dry_run:
        work.go_on()
        skipped = counts["skipped"] + counts["failed"]
        _append(
            work,
            request,
            said.EventsReplayed(
                operation_id=(operation_id := work.log.ids()),
                service=service,
                from_seq=request.from_seq,
                to_seq=request.to_seq,
                applied=len(outcomes) - skipped,
                skipped=skipped,
            ),
            operation_id,
        )
    at = subscriber.checkpoints.claim(work.connection, [(service, partition)])
    return Reply(
        said.Replayed(
            consumer=subscriber.consumer,
            dry_run=request.dry_run,
            checkpoint=at[service, partition].seq,
            counts=dict(counts),
            outcomes={str(seq): outcome for seq, outcome in sorted(outcomes.items())},
        )
    )


def _note(
    work: UnitOfWork, request: said.Settle, record: Any, *, named: str, done: Settled
) -> None:
    work.go_on()
    operation_id = work.log.ids()
    event = record(
        operation_id=operation_id,
        service=request.service,
        seq=_place(request)[2],
        type=named,
        applied=len(done.applied),
        still_parked=done.left,
    )
    _append(work, request, event, operation_id)


def _append(
    work: UnitOfWork, request: said.Settle | said.Replay, event: object, operation_id: str
) -> None:
    work.vault.put(operation_id, reason=request.reason)
    work.append(f"operation-{operation_id}", [event])


def _settled(
    subscriber: Subscriber, request: said.Settle, done: Settled, discarded: Parked | None
) -> said.Settled:
    failed = done.failed
    return said.Settled(
        consumer=subscriber.consumer,
        dry_run=request.dry_run,
        discarded=discarded.event["seq"] if discarded else None,
        applied=tuple(event["seq"] for event in done.applied),
        failed=said.Failure(seq=failed.event["seq"], error=failed.error or "") if failed else None,
        still_parked=done.left,
    )


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


def _partition(_connection: Connection, request: said.Settle | said.Replay, _call: Call) -> str:
    return request.partition


def _place(request: said.Settle | said.ShowParked) -> tuple[str, str, int]:
    seq = int(request.seq) if request.seq.isdigit() else 0
    return request.service, request.partition, seq
