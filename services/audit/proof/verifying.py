"""Verify everything: every log, the chain of heads, every consumer, every view."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, text

from chassis.eventsourcing.database import Database
from chassis.messaging.checkpoints import Place
from chassis.messaging.subscriber import Source
from chassis.signing import SigningKey, is_signed
from services.audit import copied, generations
from services.audit.folding import Folding, living
from services.audit.proof import findings, heads
from services.audit.proof.checking import Checked, check_log
from services.audit.proof.findings import Finding
from services.audit.proof.heads import Head
from services.audit.refold import folded, parked_at
from services.audit.rows import text_of
from services.audit.views import ALL
from services.audit.views.view import View

Ask: TypeAlias = Callable[[str, str, Mapping[str, Any]], dict[str, Any]]
"""``ask(service, query, body)``: a query of another service."""

_ROWS = text(
    f"SELECT r.key, r.document FROM {generations.LIVE_ROWS} "
    "WHERE r.view = :view AND r.partition = :partition"
)
_STANDS = text(
    "SELECT p.seq, p.count AS events, p.digest FROM view_positions p JOIN view_generations g "
    "ON g.view = p.view AND g.live = p.generation WHERE p.view = :view AND p.partition = :partition"
)


@dataclass(slots=True)
class Verified:
    """What was checked, and what is wrong."""

    logs: list[Checked] = field(default_factory=list)
    heads: int = 0
    views: int = 0
    consumers: int = 0
    found: list[Finding] = field(default_factory=list)


def verify(
    database: Database,
    sources: Mapping[str, Source],
    key: SigningKey,
    *,
    school: str | None = None,
    service: str | None = None,
    quick: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> Verified:
    """Check logs, heads and views; ``quick`` leaves the fold of the views out."""
    result = Verified()
    with database.read() as connection:
        places = copied.places(connection)
        partitions = {place[1] for place in places} | set(heads.partitions(connection))
        signed = {each: heads.of(connection, each) for each in partitions}
    for partition in sorted(partitions):
        if school in (None, partition):
            result.found += check_chain(partition, signed[partition], key)
            result.heads += len(signed[partition])
    for place, head in sorted(places.items()):
        if school in (None, place[1]) and service in (None, place[0]):
            tell(f"{place[0]} / {place[1]}: {head:,}")
            source = sources.get(place[0])
            checked = check_log(database, source, place, head=head, signed=signed.get(place[1], []))
            result.logs.append(checked)
            result.found += [*checked.found, *_not_copied(source, place, head)]
            if not quick and not checked.found:
                result.found += _views(database, place, head, result)
    return result


def check_chain(partition: str, chain: Sequence[Head], key: SigningKey) -> list[Finding]:
    """Check the signatures and the order of a school's heads."""
    found = []
    before: Head | None = None

    def wrong(head: Head, why: str) -> Finding:
        detail = f"head {head.number}: {why}"
        return Finding(
            what=findings.HEAD_WRONG, service="audit", partition=partition, detail=detail
        )

    for head in chain:
        signature = base64.b64decode(head.signature)
        if head.key_id == key.key_id and not is_signed(
            key.public, heads.PURPOSE, head.document.encode(), signature
        ):
            found.append(wrong(head, "the signature does not hold"))
        if head.number != (before.number + 1 if before else 1):
            found.append(wrong(head, "a head before it is missing"))
        elif before is not None and f'"previous":"{before.digest}"' not in head.document:
            found.append(wrong(head, "it follows another head than the one that is there"))
        before = head
    return found


def check_consumer(ask: Ask, consumer: str, *, school: str | None = None) -> list[Finding]:
    """Compare a consumer's checkpoints and digests with their owners' logs."""
    found = []
    for place in ask(consumer, "read_checkpoints", {})["places"]:
        if school not in (None, place["partition"]):
            continue
        body = {
            "partition": place["partition"],
            "after_seq": place["since"],
            "to_seq": place["seq"],
        }
        owner = ask(place["service"], "read_digest", body)
        where = {"service": place["service"], "partition": place["partition"]}
        if owner["digest"] != place["digest"] or owner["count"] != place["seq"] - place["since"]:
            detail = f"{consumer}: other events than the owner's, up to {place['seq']}"
            found.append(Finding(what=findings.CONSUMER_DIFFERS, detail=detail, **where))
        if owner["head"] > place["seq"]:
            detail = f"{consumer}: {place['seq'] + 1} to {owner['head']} have not arrived"
            found.append(
                Finding(what=findings.CONSUMER_BEHIND, seq=place["seq"] + 1, detail=detail, **where)
            )
    return found


def _not_copied(source: Source | None, place: Place, head: int) -> Iterable[Finding]:
    if source is None:
        return
    theirs = source.heads().get(place[1], 0)
    if theirs > head:
        yield Finding(
            what=findings.NOT_COPIED,
            service=place[0],
            partition=place[1],
            seq=head + 1,
            detail=f"{head + 1} to {theirs} have not arrived",
        )


def _views(database: Database, place: Place, head: int, result: Verified) -> list[Finding]:
    found = []
    for view in Folding(ALL).of_service(place[0]).views:
        result.views += 1
        with database.read() as connection:
            found += check_view(connection, view, place, head)
    return found


def check_view(connection: Connection, view: View, place: Place, head: int) -> list[Finding]:
    """Compare the live rows of a view and school with a fold of the log."""
    without = parked_at(connection, place)
    rows, stands = folded(connection, Folding([view]), place, head, without)
    where = {"view": view.NAME, "partition": place[1]}
    live = {row.key: row.document for row in connection.execute(_ROWS, where)}
    right = {key: text_of(row) for (_, _, key), row in living(rows)}
    wrong = sorted(key for key in {*live, *right} if live.get(key) != right.get(key))
    stand = connection.execute(_STANDS, where).first()
    count, mark = stands.get((view.NAME, place[1]), (0, None))
    wanted = (mark.seq, count, f"{mark.digest:064x}") if mark else None
    has = (stand.seq, stand.events, stand.digest) if stand and stand.events else None
    details = []
    if wrong:
        details.append(f"{len(wrong)} rows differ, first {wrong[0] or '-'}")
    if has != wanted:
        details.append(f"it stands for {(has and has[1]) or 0} events instead of {count}")
    return [
        Finding(
            what=findings.VIEW_DIFFERS,
            service=place[0],
            partition=place[1],
            detail=f"view {view.NAME}: {'; '.join(details)}",
        )
        for _ in details[:1]
    ]
