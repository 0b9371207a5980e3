"""Proofs as documents that a stand-alone program verifies (tools/hp3_verify.py)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import encode_row
from chassis.kernel.errors import BusinessRuleViolation, NotFound
from chassis.messaging.checkpoints import Place
from services.audit import copied
from services.audit.proof import heads
from services.audit.proof.heads import Head
from services.audit.proof.merkle import consistency_path, inclusion_path
from services.audit.proof.tiles import CopiedLeaves

INCLUSION, CONSISTENCY = "hp3-inclusion-proof/1", "hp3-consistency-proof/1"


class NoSuchEvent(NotFound):
    code = "proof.no-such-event"


class NoSuchHead(NotFound):
    code = "proof.no-such-head"


class NotCovered(BusinessRuleViolation):
    """The newest head was signed before the event."""

    code = "proof.not-covered"


def inclusion(connection: Connection, place: Place, seq: int) -> dict[str, Any]:
    """Return the proof that event ``seq`` is in its log under the school's newest signed head.

    Raises:
        NoSuchEvent: the log has no such event.
        NotCovered: no head covers it yet; sign one.
    """
    if not 1 <= seq <= copied.places(connection).get(place, 0):
        raise NoSuchEvent(service=place[0], partition=place[1], seq=seq)
    head = heads.newest(connection, place[1])
    size = head.logs.get(place[0], (0, ""))[0] if head else 0
    if head is None or seq > size:
        raise NotCovered()
    ((row,),) = copied.rows(connection, place, seq - 1, seq)
    path = inclusion_path(CopiedLeaves(connection, place), seq - 1, size)
    return {
        "format": INCLUSION,
        "service": place[0],
        "partition": place[1],
        "seq": seq,
        "event": encode_row(place[0], row).decode(),
        "path": [each.hex() for each in path],
        "head": head.shown(),
    }


def consistency(connection: Connection, partition: str, first: int, second: int) -> dict[str, Any]:
    """Return the proof that head number ``second`` of a school only adds to number ``first``.

    Raises:
        NoSuchHead: one of them was never signed.
    """
    by_number = {head.number: head for head in heads.of(connection, partition)}
    older, newer = (_numbered(by_number, number) for number in sorted((first, second)))
    paths = {}
    for service, (size, _) in older.logs.items():
        leaves = CopiedLeaves(connection, (service, partition))
        path = consistency_path(leaves, size, newer.logs[service][0])
        paths[service] = [each.hex() for each in path]
    return {
        "format": CONSISTENCY,
        "partition": partition,
        "paths": paths,
        "first": older.shown(),
        "second": newer.shown(),
    }


def _numbered(by_number: dict[int, Head], number: int) -> Head:
    if number not in by_number:
        raise NoSuchHead(number=number, count=len(by_number))
    return by_number[number]
