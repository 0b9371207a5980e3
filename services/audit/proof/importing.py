"""Take an exported log in: checked as a whole first, then like any other delivery.

The first pass touches nothing: every event in order, every root against the signed heads, every
event that is here already against the stored one. The second delivers a page at a time under the
usual checkpoints; killed, it goes on where it was when it is run again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from chassis.eventsourcing.envelope import Event, decode, encode, leaf_hash, to_row
from chassis.eventsourcing.log import EventLog
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.checkpoints import Place
from chassis.messaging.subscriber import Subscriber
from chassis.signing import is_signed
from services.audit import copied
from services.audit.proof import heads
from services.audit.proof.exporting import FORMAT
from services.audit.proof.heads import Head
from services.audit.proof.merkle import Growing
from services.audit.proof.tiles import leaves_of

Lines: TypeAlias = Callable[[], Iterator[str]]
"""Opens the file from its beginning."""

PAGE = 1000


class FileRefused(BusinessRuleViolation):
    """The file is not what was exported, or does not fit what is here."""

    code = "import.refused"
    kind = "invalid"


@dataclass(slots=True)
class Content:
    """What the first pass found in a file."""

    public_key: str = ""
    trees: dict[Place, Growing] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)
    events: int = 0
    ended: bool = False


def check(lines: Lines, subscriber: Subscriber, *, key: str | None) -> Content:
    """Return what is in the file, once all of it holds.

    ``key`` is the public key (hex) that it must be signed with; without it, the file's own.

    Raises:
        FileRefused: with the line, or the school and ``seq``.
    """
    content = Content()
    for number, line in enumerate(lines(), start=1):
        _take(content, number, line.rstrip("\n"))
    if not content.ended:
        raise FileRefused("cut-off")
    _check_heads(content, key or content.public_key)
    _check_stored(lines, subscriber, content)
    return content


def load(
    lines: Lines,
    log: EventLog,
    subscriber: Subscriber,
    *,
    tell: Callable[[int], None] = lambda count: None,
) -> int:
    """Deliver the events of a checked file; return how many were new."""
    new, page = 0, []
    for event in _events(lines):
        page.append(event)
        if len(page) == PAGE:
            new += _deliver(log, subscriber, page)
            tell(new)
            page = []
    return new + _deliver(log, subscriber, page)


def _deliver(log: EventLog, subscriber: Subscriber, page: list[Event]) -> int:
    own = [event for event in page if event["service"] == log.service]
    if own:
        _restore_own(log, own)
    return subscriber.receive(page)


def _restore_own(log: EventLog, events: list[Event]) -> None:
    """Put audit's own events back into its own log, whose next ones follow on them."""
    with log.database.write() as connection:
        for partition in {event["partition"] for event in events}:
            head, _ = log.store.lock(connection, partition, None)
            fresh = [e for e in events if e["partition"] == partition and e["seq"] > head]
            if fresh:
                rows = [to_row(event) for event in fresh]
                log.store.flush(connection, partition, fresh[-1]["seq"], rows, None)


def _take(content: Content, number: int, line: str) -> None:
    try:
        record = json.loads(line)
    except ValueError:
        raise FileRefused("not-json", line=number) from None
    if number == 1:
        if not isinstance(record, dict) or record.get("format") != FORMAT:
            raise FileRefused("no-log")
        content.public_key = record["public_key"]
    elif content.ended:
        raise FileRefused("after-the-end", line=number)
    elif "event_id" in record:
        _grow(content, number, line, record)
    elif "document" in record:
        document = json.loads(record["document"])
        if document["partition"] in {head.partition for head in content.heads}:
            raise FileRefused("second-head", line=number)
        content.heads.append(
            Head(
                document["partition"],
                document["number"],
                record["document"],
                record["signature"],
                record["key_id"],
                document["signed_at"],
            )
        )
    elif record != {"events": content.events, "schools": len(content.heads)}:
        raise FileRefused("end-differs")
    else:
        content.ended = True


def _grow(content: Content, number: int, line: str, event: Event) -> None:
    tree = content.trees.setdefault((event["service"], event["partition"]), Growing())
    if event["seq"] != tree.size + 1 or encode(decode(line.encode())) != line.encode():
        raise FileRefused(
            "event-out-of-place",
            line=number,
            service=event["service"],
            partition=event["partition"],
            seq=tree.size + 1,
        )
    tree.push(leaf_hash(line.encode()))
    content.events += 1


def _check_heads(content: Content, key: str) -> None:
    covered: dict[Place, tuple[int, str]] = {}
    for head in content.heads:
        signature = base64.b64decode(head.signature)
        if not is_signed(bytes.fromhex(key), heads.PURPOSE, head.document.encode(), signature):
            raise FileRefused("head-of-another-key", partition=head.partition)
        covered |= {(service, head.partition): log for service, log in head.logs.items()}
    for place in {*covered, *content.trees}:
        tree = content.trees.get(place, Growing())
        if covered.get(place) != (tree.size, tree.root().hex()):
            raise FileRefused("differs-from-its-head", service=place[0], partition=place[1])


def _check_stored(lines: Lines, subscriber: Subscriber, content: Content) -> None:
    """Refuse a file whose events differ from those that are here under the same numbers."""
    positions = subscriber.checkpoints.at(content.trees)
    known = {place: at for place, at in positions.items() if at}
    page: list[Event] = []
    for event in _events(lines):
        if event["seq"] <= known.get((event["service"], event["partition"]), 0):
            page.append(event)
        if len(page) == PAGE:
            _compare(subscriber, page)
            page = []
    _compare(subscriber, page)


def _compare(subscriber: Subscriber, page: list[Event]) -> None:
    by_place: dict[Place, list[Event]] = {}
    for event in page:
        by_place.setdefault((event["service"], event["partition"]), []).append(event)
    with subscriber.database.read() as connection:
        for place, events in by_place.items():
            first, last = events[0]["seq"], events[-1]["seq"]
            rows = [r for part in copied.rows(connection, place, first - 1, last) for r in part]
            for event, leaf in zip(events, leaves_of(place[0], rows), strict=True):
                if leaf_hash(encode(event)) != leaf:
                    raise FileRefused(
                        "differs-from-here",
                        service=place[0],
                        partition=place[1],
                        seq=event["seq"],
                    )


def _events(lines: Lines) -> Iterator[Event]:
    for line in lines():
        if '"event_id"' in line[:40]:
            yield decode(line.encode())
