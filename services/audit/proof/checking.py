"""Check one log: copy, owner, tiles and signed heads against each other, event by event.

The copy and the owner are read side by side, a page at a time, and every event's leaf is compared
three ways; where they differ, the sealed tile says which side is the wrong one. The tree grows
along, so each signed head's root is compared at its size. Memory does not grow with the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import encode, encode_row, leaf_hash
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.messaging.checkpoints import Place
from chassis.messaging.subscriber import PAGE, Source
from services.audit.copied import SEQ
from services.audit.proof import findings
from services.audit.proof.findings import Finding
from services.audit.proof.heads import Head
from services.audit.proof.merkle import EMPTY, TILE, Growing, ListedLeaves, root
from services.audit.proof.tiles import unpacked

_COLUMNS = ", ".join(EVENT_COLUMNS)
_COPY = (
    f"SELECT {_COLUMNS} FROM audit_events WHERE service = :service AND partition = :partition "
    "AND seq > :after ORDER BY seq LIMIT :limit"
)
_TILES = text(
    "SELECT tile, leaves, root FROM tree_tiles "
    "WHERE service = :service AND partition = :partition AND tile >= :first AND tile < :last"
)


@dataclass(slots=True)
class Checked:
    """What was looked at and found in one log."""

    place: Place
    events: int = 0
    root: bytes = EMPTY
    found: list[Finding] = field(default_factory=list)


def check_log(
    database: Database, source: Source | None, place: Place, *, head: int, signed: Sequence[Head]
) -> Checked:
    """Check the log of ``place``, of which audit should have ``head`` events.

    ``source`` is the owner, None to leave it out; ``signed`` are the school's heads.
    """
    run = _Run(place, head, signed)
    with database.read() as connection:
        after = 0
        while page := _page(connection, place, after):
            last = page[-1][SEQ]
            theirs = _theirs(source, place, after, last) if source else None
            sealed = _sealed(connection, place, after, last, run)
            run.take(after, last, dict(_leaves(place[0], page)), theirs, sealed)
            after = last
        run.finish(after)
    return run.checked


def check_range(connection: Connection, place: Place, after: int, last: int) -> list[Finding]:
    """Check the copy's events after ``after`` up to ``last`` against what was sealed of them."""
    run = _Run(place, last, ())
    while after < last:
        upto = min(last, after + PAGE)
        page = [row for row in _page(connection, place, after) if row[SEQ] <= upto]
        sealed = _sealed(connection, place, after, upto, run)
        run.take(after, upto, dict(_leaves(place[0], page)), None, sealed)
        after = upto
    return run.checked.found


def _page(connection: Connection, place: Place, after: int) -> list[Sequence[Any]]:
    values = {"service": place[0], "partition": place[1], "after": after, "limit": PAGE}
    return [tuple(row) for row in connection.execute(text(_COPY), values)]


def _leaves(service: str, page: Sequence[Sequence[Any]]) -> Iterator[tuple[int, bytes]]:
    for row in page:
        yield row[SEQ], leaf_hash(_text(service, row))


def _text(service: str, row: Sequence[Any]) -> bytes:
    try:
        return encode_row(service, row)
    except (TypeError, ValueError):  # a column that no event can have
        return repr(row).encode()


def _theirs(source: Source, place: Place, after: int, last: int) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = after
    while at < last:
        try:
            page = source.read(place[1], at, min(PAGE, last - at))
        except (TypeError, ValueError):  # a row of the owner's that is no event any more
            page = _one_by_one(source, place[1], at, last)
        found |= {e["seq"]: leaf_hash(encode(e)) for e in page if e["seq"] <= last}
        if not page or page[-1]["seq"] >= last:
            break
        at = page[-1]["seq"]
    return found


def _one_by_one(source: Source, partition: str, after: int, last: int) -> list[dict[str, Any]]:
    found = []
    for seq in range(after, last):
        try:
            found += [e for e in source.read(partition, seq, 1) if e["seq"] == seq + 1]
        except (TypeError, ValueError):
            found.append({"seq": seq + 1, "unreadable": True})
    return found


def _sealed(
    connection: Connection, place: Place, after: int, last: int, run: _Run
) -> dict[int, bytes]:
    values = {
        "service": place[0],
        "partition": place[1],
        "first": after // TILE,
        "last": last // TILE + 1,
    }
    found: dict[int, bytes] = {}
    for row in connection.execute(_TILES, values):
        leaves = unpacked(row.leaves)
        if root(ListedLeaves(leaves), len(leaves)) != bytes(row.root):
            run.say(findings.TILE_CHANGED, row.tile * TILE + 1, "the tile's root does not match")
            continue
        found |= {row.tile * TILE + 1 + at: leaf for at, leaf in enumerate(leaves)}
    return found


class _Run:
    def __init__(self, place: Place, head: int, signed: Sequence[Head]) -> None:
        self.checked = Checked(place)
        self._head = head
        self._tree = Growing()
        self._said: set[tuple[str, int]] = set()
        self._broken = False
        self._roots: dict[int, list[tuple[int, str]]] = {}
        for each in signed:
            size, root_ = each.logs.get(place[0], (0, ""))
            if size:
                self._roots.setdefault(size, []).append((each.number, root_))

    def say(self, what: str, seq: int, detail: str) -> None:
        if (what, seq) not in self._said:
            self._said.add((what, seq))
            service, partition = self.checked.place
            self.checked.found.append(
                Finding(what=what, service=service, partition=partition, seq=seq, detail=detail)
            )

    def take(
        self,
        after: int,
        last: int,
        copy: dict[int, bytes],
        theirs: dict[int, bytes] | None,
        sealed: dict[int, bytes],
    ) -> None:
        for seq in range(after + 1, last + 1):
            mine = copy.get(seq)
            owner = sealed.get(seq, mine) if theirs is None else theirs.get(seq)
            self._compare(seq, mine, owner, sealed.get(seq))
            self._grow(mine or owner)
        self.checked.events += len(copy)

    def finish(self, last: int) -> None:
        for seq in range(last + 1, min(self._head, last + 100) + 1):
            self.say(findings.COPY_MISSING, seq, "not in the copy")
        self.checked.root = self._tree.root()
        for size in sorted(self._roots):
            if size > self._tree.size:
                numbers = [number for number, _ in self._roots[size]]
                self.say(findings.HEAD_WRONG, size, f"head {numbers} covers more than there is")

    def _compare(
        self, seq: int, mine: bytes | None, owner: bytes | None, sealed: bytes | None
    ) -> None:
        if seq > self._head:
            if mine is not None:
                self.say(findings.COPY_ADDED, seq, "beyond what was copied")
            return
        true = sealed if sealed is not None else mine or owner
        if mine is None:
            self.say(findings.COPY_MISSING, seq, "not in the copy")
        if owner is None:
            self.say(findings.OWNER_MISSING, seq, "not in the owner's log")
        if sealed is None and mine and owner and mine != owner:
            # Nothing tells yet which of the two is right.
            self.say(findings.COPY_CHANGED, seq, "copy and owner differ; not sealed yet")
            return
        wrong = (mine is not None and mine != true, owner is not None and owner != true)
        if wrong == (True, True):
            what = findings.BOTH_CHANGED if mine == owner else findings.TILE_CHANGED
            self.say(what, seq, "neither side has what was sealed")
        elif wrong[0]:
            self.say(findings.COPY_CHANGED, seq, "the copy is not what was sealed")
        elif wrong[1]:
            self.say(findings.OWNER_CHANGED, seq, "the owner's event is not what was sealed")

    def _grow(self, leaf: bytes | None) -> None:
        self._tree.push(leaf or EMPTY)
        for number, wanted in self._roots.get(self._tree.size, ()):
            if self._tree.root().hex() != wanted and not self._broken:
                self._broken = True
                detail = f"head {number} was signed over other events up to {self._tree.size}"
                self.say(findings.HEAD_WRONG, self._tree.size, detail)
