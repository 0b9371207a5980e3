"""Another service's log, read by calls: how a consumer in the cluster fills its holes."""

from __future__ import annotations

from typing import Any

from chassis.eventsourcing.envelope import Event
from chassis.kernel.call import SYSTEM
from chassis.messaging.calls import Caller, RemoteFailure
from chassis.messaging.subscriber import PAGE
from chassis.security import TokenKey, issue_token

TOKEN_SECONDS = 300


class RemoteSource:
    """The log of ``service`` through its ``read_heads``, ``read_events`` and ``read_digest``."""

    def __init__(self, caller: Caller, service: str, key: TokenKey) -> None:
        self._caller = caller
        self._service = service
        self._key = key

    def heads(self) -> dict[str, int]:
        """Return the last ``seq`` of every partition."""
        heads: dict[str, int] = self._ask("read_heads")["heads"]
        return heads

    def read(self, partition: str, after_seq: int = 0, limit: int = PAGE) -> list[Event]:
        """Return envelopes after ``after_seq``, in order."""
        asked = {"partition": partition, "after_seq": after_seq, "limit": limit}
        items: list[Event] = self._ask("read_events", asked)["items"]
        return items

    def digest(self, partition: str, after_seq: int, to_seq: int) -> tuple[int, int]:
        """Return count and digest of a range of events."""
        asked = {"partition": partition, "after_seq": after_seq, "to_seq": to_seq}
        answer = self._ask("read_digest", asked)
        return answer["count"], int(answer["digest"], 16)

    def _ask(self, query: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        token = issue_token(SYSTEM, self._key, lifetime=TOKEN_SECONDS)
        reply = self._caller.call(self._service, query, {"token": token}, {}, body)
        if reply["status"] != "ok":
            raise RemoteFailure(f"{self._service}.{query}: {reply['code']}")
        answer: dict[str, Any] = reply["body"]
        return answer
