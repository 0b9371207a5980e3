"""Did this consumer see exactly what its owners said? Two digests tell, at little cost.

Only what came since the last comparison is compared: the owner sums the leaves of that range, and
the consumer's digest must have grown by as much. A difference is named and stays until the digests
agree again.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Connection

from chassis.chores import Chore
from chassis.eventsourcing.envelope import DIGEST_MODULUS
from chassis.eventsourcing.statement import Statement
from chassis.messaging import parking
from chassis.messaging.subscriber import Subscriber
from chassis.observability import metrics

log = logging.getLogger(__name__)

CHECK_SECONDS = 60.0

_ALL = Statement("SELECT service, partition, seq, digest, complete, checked_at FROM verified")
_PUT = Statement(
    "INSERT INTO verified (service, partition, seq, digest, complete, checked_at) "
    "VALUES (:service, :partition, :seq, :digest, :complete, :checked_at) "
    "ON CONFLICT (service, partition) DO UPDATE SET seq = excluded.seq, "
    "digest = excluded.digest, complete = excluded.complete, checked_at = excluded.checked_at"
)


def chore(subscriber: Subscriber) -> Chore:
    """Return the chore of a consumer's service that compares now and then."""
    return Chore(f"{subscriber.consumer}.completeness", CHECK_SECONDS, lambda: check(subscriber))


def results(connection: Connection) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the last comparison of every (owner, partition)."""
    return {(row["service"], row["partition"]): row for row in _ALL.all(connection)}


def check(subscriber: Subscriber) -> list[dict[str, Any]]:
    """Compare what is new with the owners; return the places that differ."""
    with subscriber.database.read() as connection:
        before = results(connection)
    different = []
    for place in subscriber.checkpoints.all():
        last = before.get((place["service"], place["partition"]))
        if last and last["complete"] and last["seq"] == place["seq"]:
            continue
        if place["service"] in subscriber.sources:
            same = _same(subscriber, place, last)
            _keep(subscriber, place, complete=same)
            if not same:
                different.append(place)
    with subscriber.database.read() as connection:
        parked = sum(parking.counts(connection).values())
    metrics.PARKED.labels(subscriber.consumer).set(parked)
    metrics.INCOMPLETE.labels(subscriber.consumer).set(len(different))
    return different


def _same(subscriber: Subscriber, place: dict[str, Any], last: dict[str, Any] | None) -> bool:
    good = last if last and last["complete"] else None
    since, start = (good["seq"], int(good["digest"], 16)) if good else (place["since"], 0)
    owner = subscriber.sources[place["service"]]
    count, digest = owner.digest(place["partition"], since, place["seq"])
    grown = (int(place["digest"], 16) - start) % DIGEST_MODULUS
    if (count, digest) == (place["seq"] - since, grown):
        return True
    log.error(
        "consumer.differs",
        extra={
            "consumer": subscriber.consumer,
            "place": (place["service"], place["partition"]),
            "after_seq": since,
            "to_seq": place["seq"],
        },
    )
    return False


def _keep(subscriber: Subscriber, place: dict[str, Any], *, complete: bool) -> None:
    with subscriber.database.write() as connection:
        _PUT.run(
            connection,
            service=place["service"],
            partition=place["partition"],
            seq=place["seq"],
            digest=place["digest"],
            complete=int(complete),
            checked_at=subscriber.clock.now().isoformat(timespec="milliseconds"),
        )
