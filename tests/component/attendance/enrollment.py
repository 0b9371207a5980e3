"""What enrollment says, for attendance to hear: envelopes checked against its contract."""

from __future__ import annotations

from collections import Counter
from typing import Any

from chassis.eventsourcing.envelope import Event
from tests.published import schemas

EVENTS = schemas("enrollment")


class Enrollment:
    """A log of enrollment that a test speaks into, checked against its contract."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._heads: Counter[str] = Counter()

    def heads(self) -> dict[str, int]:
        return dict(self._heads)

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        found = [e for e in self.events if e["partition"] == partition and e["seq"] > after_seq]
        return found[:limit]

    def say(self, partition: str, type_: str, /, **data: Any) -> None:
        assert EVENTS[type_, 1].validate(data) == {}
        self._heads[partition] += 1
        seq = self._heads[partition]
        at = "2026-08-20T09:00:00.000+08:00"
        self.events.append(
            {
                "event_id": f"{partition}-{seq}",
                "service": "enrollment",
                "partition": partition,
                "seq": seq,
                "stream_id": f"any-{partition}",
                "stream_version": seq,
                "type": type_,
                "schema_version": 1,
                "occurred_at": at,
                "recorded_at": at,
                "actor": {"account_id": "test", "role": "system"},
                "correlation_id": "test",
                "causation_id": None,
                "policy": None,
                "data": data,
            }
        )
