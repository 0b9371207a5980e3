"""The log as a file: every event's text, under signed heads, so that nobody must be trusted.

NDJSON: a header, the events of each log in order (byte for byte what was published), the signed
head of each school, a trailer with the counts. ``tools/hp3_verify.py`` checks such a file alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import encode_row
from chassis.messaging.checkpoints import Place
from chassis.signing import SigningKey
from services.audit import copied
from services.audit.proof import heads
from services.audit.proof.heads import Head

FORMAT = "hp3-log/1"


def lines(
    database: Database,
    key: SigningKey,
    now: datetime,
    *,
    school: str | None = None,
    tell: Callable[[Place, int], None] = lambda place, count: None,
) -> Iterator[str]:
    """Yield the lines of the export; signs a head of every school first.

    Raises:
        CopyHasHole: the copy misses an event.
    """
    with database.read() as connection:
        schools = [n for n in heads.with_events(connection) if school in (None, n)]
    signed = [head for n in schools if (head := heads.sign(database, n, key, now)) is not None]
    yield _line(
        {
            "format": FORMAT,
            "exported_at": now.isoformat(timespec="milliseconds"),
            "schools": [head.partition for head in signed],
            "public_key": key.public.hex(),
        }
    )
    count = 0
    for head in signed:
        for place, size in _places(head):
            tell(place, size)
            for text in _events(database, place, size):
                count += 1
                yield text
    for head in signed:
        yield _line(head.shown())
    yield _line({"events": count, "schools": len(signed)})


def _places(head: Head) -> list[tuple[Place, int]]:
    return [((service, head.partition), size) for service, (size, _) in sorted(head.logs.items())]


def _events(database: Database, place: Place, size: int) -> Iterator[str]:
    after = 0
    while after < size:  # a page a connection: the receiver may be slow
        upto = min(size, after + copied.PAGE)
        with database.read() as connection:
            pages = list(copied.rows(connection, place, after, upto))
        for page in pages:
            for row in page:
                yield encode_row(place[0], row).decode()
        after = upto


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)
