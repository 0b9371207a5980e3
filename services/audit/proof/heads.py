"""Signed tree heads: what a bureau keeps, so that nobody can change the past unnoticed.

A head of a school names the size and root of each of its logs, and the head before it by its hash:
a chain. A head is signed only when there is news, so it says something.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import leaf_hash
from chassis.messaging.checkpoints import Place
from chassis.signing import SigningKey
from services.audit import copied, sql
from services.audit.proof import tiles
from services.audit.proof.merkle import ListedLeaves, root

FORMAT = "hp3-tree-head/1"
PURPOSE = "hp3-tree-head"
COLUMNS = ("partition", "number", "document", "signature", "key_id", "signed_at")

_SELECT = "SELECT partition, number, document, signature, key_id, signed_at FROM tree_heads"
_LAST = text(f"{_SELECT} WHERE partition = :partition ORDER BY number DESC LIMIT 1")
_OF = text(f"{_SELECT} WHERE partition = :partition ORDER BY number")
_PARTITIONS = text("SELECT DISTINCT partition FROM tree_heads ORDER BY partition")


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head as stored: ``document`` is the text that was signed."""

    partition: str
    number: int
    document: str
    signature: str
    key_id: str
    signed_at: str

    @property
    def logs(self) -> dict[str, tuple[int, str]]:
        """Size and root of each log."""
        logs = json.loads(self.document)["logs"]
        return {each["service"]: (each["size"], each["root"]) for each in logs}

    @property
    def digest(self) -> str:
        """What the next head calls this one."""
        return hashlib.sha256(self.document.encode()).hexdigest()

    def shown(self) -> dict[str, str]:
        """Return it as it travels in proofs and files."""
        return {
            "document": self.document,
            "signature": self.signature,
            "key_id": self.key_id,
        }


def entry(service: str, size: int, root_: str) -> bytes:
    """Return the text of one log in a head; the head's root is over these."""
    return f"{service} {size} {root_}".encode()


def sign(database: Database, partition: str, key: SigningKey, now: datetime) -> Head | None:
    """Sign what the copy of one school holds; return the newest head, None without any event.

    Quiet when nothing was added since the last head.

    Raises:
        CopyHasHole: the copy misses an event.
    """
    with database.read() as connection:
        mine = _places(connection, partition)
    for place, head in mine.items():  # in transactions of their own: a first time takes a while
        tiles.extend(database, place, head)
    with database.write() as connection:
        return sign_in(connection, partition, key, now)


def sign_in(connection: Connection, partition: str, key: SigningKey, now: datetime) -> Head | None:
    """Do what ``sign`` does inside a transaction; what is not sealed yet is sealed in it."""
    last = newest(connection, partition)
    logs = {}
    for place, head in _places(connection, partition).items():
        tiles.seal(connection, place, head)
        logs[place[0]] = (head, root(tiles.CopiedLeaves(connection, place), head).hex())
    if not logs or (last is not None and last.logs == logs):
        return last
    fresh = _signed(partition, logs, last, key, now)
    sql.append(connection, "tree_heads", COLUMNS, [[getattr(fresh, name) for name in COLUMNS]])
    return fresh


def with_events(connection: Connection) -> list[str]:
    """Return the schools (and districts) of whose events there is a copy."""
    return sorted({place[1] for place, head in copied.places(connection).items() if head})


def newest(connection: Connection, partition: str) -> Head | None:
    """Return the newest head of a school."""
    row = connection.execute(_LAST, {"partition": partition}).first()
    return None if row is None else Head(*row)


def of(connection: Connection, partition: str) -> list[Head]:
    """Return every head of a school, the oldest first."""
    return [Head(*row) for row in connection.execute(_OF, {"partition": partition})]


def partitions(connection: Connection) -> list[str]:
    """Return the schools (and districts) that have heads."""
    return [row.partition for row in connection.execute(_PARTITIONS)]


def export(folder: Path, heads: Iterable[Head]) -> int:
    """Append to the school's file in ``folder`` the heads that are not in it; return how many."""
    added = 0
    for head in heads:
        path = folder / f"{head.partition}.ndjson"
        there = path.read_text(encoding="utf-8").count("\n") if path.exists() else 0
        if head.number > there:
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(head.shown(), ensure_ascii=False) + "\n")
            added += 1
    return added


def root_of(logs: Mapping[str, tuple[int, str]]) -> str:
    """Return the root over the logs of a head."""
    leaves: Sequence[bytes] = [leaf_hash(entry(name, *logs[name])) for name in sorted(logs)]
    return root(ListedLeaves(leaves), len(leaves)).hex()


def _places(connection: Connection, partition: str) -> dict[Place, int]:
    heads = copied.places(connection)
    return {place: head for place, head in heads.items() if place[1] == partition and head}


def _signed(
    partition: str,
    logs: Mapping[str, tuple[int, str]],
    last: Head | None,
    key: SigningKey,
    now: datetime,
) -> Head:
    number = last.number + 1 if last else 1
    signed_at = now.isoformat(timespec="milliseconds")
    content: dict[str, Any] = {
        "format": FORMAT,
        "partition": partition,
        "number": number,
        "previous": last.digest if last else None,
        "signed_at": signed_at,
        "logs": [
            {"service": name, "size": size, "root": root_}
            for name, (size, root_) in sorted(logs.items())
        ],
        "root": root_of(logs),
    }
    document = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = base64.b64encode(key.sign(PURPOSE, document.encode())).decode()
    return Head(partition, number, document, signature, key.key_id, signed_at)
