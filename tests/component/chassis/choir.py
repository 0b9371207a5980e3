"""A toy consumer that fails where a test says so: notes of singers, one stream each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from chassis.eventsourcing.application import Application, WireReply
from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.handling import routes_of
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.tables import declare_checkpoints, declare_log, declare_vault
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call, Principal
from chassis.messaging import operating
from chassis.messaging.reactions import applying
from chassis.messaging.subscriber import Subscriber
from chassis.security import issue_token
from chassis.testing.world import MASTER_KEY, TOKEN_KEY, FixedClock
from chassis.vault import Vault
from contracts import language
from contracts.shapes import event
from tests.component.audit.logs import START

metadata = sa.MetaData()
declare_log(metadata)
declare_checkpoints(metadata)
declare_vault(metadata)
heard = sa.Table(
    "heard",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("note", sa.String(64), nullable=False),
)

OPERATOR = Principal(account_id="night-shift", role="operator")


@event
class Sung:
    note: str


@event
class Echoed:
    note: str


CODEC = Codec([Sung, Echoed, *language.SHARED.values()])


@dataclass
class Choir:
    """An owner's log, and the listener over it with its operator's commands."""

    owner: EventLog
    own: EventLog
    subscriber: Subscriber
    application: Application
    clock: FixedClock
    broken: dict[str, BaseException] = field(default_factory=dict)

    def sing(self, singer: str, *notes: str, school: str = "north") -> None:
        call = Call(principal=SYSTEM, now=self.clock.now(), correlation_id="test")
        with unit_of_work(self.owner, school, call) as work:
            version = len(self.owner.stream(work.connection, school, singer))
            work.append(singer, [Sung(note=note) for note in notes], expected_version=version)

    def heard(self) -> list[str]:
        with self.own.database.read() as connection:
            return list(connection.execute(sa.select(heard.c.note).order_by(heard.c.id)).scalars())

    def parked(self, **body: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.ask("list_parked", {}, body)["items"]
        return items

    def states(self) -> list[tuple[int, str, int]]:
        return [(item["seq"], item["state"], item["attempts"]) for item in self.parked()]

    def later(self, seconds: float) -> int:
        self.clock.instant += timedelta(seconds=seconds)
        return self.subscriber.retry_due()

    def call(self, operation: str, params: dict[str, Any], body: dict[str, Any]) -> WireReply:
        context = {"token": issue_token(OPERATOR, TOKEN_KEY)}
        return self.application.handle(operation, context, params, body)

    def ask(self, operation: str, params: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        reply = self.call(operation, params, body)
        assert reply["status"] == "ok", reply
        answer: dict[str, Any] = reply["body"]
        return answer

    def settle(self, operation: str, seq: int, **body: Any) -> WireReply:
        place = {"service": "owner", "partition": "north", "seq": str(seq)}
        return self.call(operation, place, {"reason": "told so at night", **body})

    def replay(self, first: int, last: int, **body: Any) -> WireReply:
        place = {"service": "owner", "partition": "north"}
        wanted = {"from_seq": first, "to_seq": last, "reason": "rows were lost", **body}
        return self.call("replay", place, wanted)


def gather(owner_url: str, own_url: str) -> Choir:
    """Return the choir over two empty databases."""
    clock = FixedClock(START)
    owner_database, own_database = open_database(owner_url), open_database(own_url)
    metadata.create_all(owner_database.engine)
    metadata.create_all(own_database.engine)
    owner = EventLog("owner", owner_database, CODEC)
    own = EventLog("choir", own_database, CODEC, vault=Vault(MASTER_KEY))
    broken: dict[str, BaseException] = {}

    def note(connection: sa.Connection, told: Event) -> None:
        connection.execute(heard.insert(), {"note": told["data"]["note"]})
        if told["data"]["note"] in broken:
            raise broken[told["data"]["note"]]

    def echo(work: Any, told: Event) -> None:
        stream = f"echo-{told['event_id']}"
        if not work.log.stream(work.connection, work.partition, stream):  # as a decider would
            work.append(stream, [Echoed(note=told["data"]["note"])])

    apply = applying(own, clock, facts={"Sung": [note]}, reactions={"Sung": echo})
    subscriber = Subscriber("choir", own_database, {"owner": owner}, apply, clock=clock)
    application = Application(
        log=own,
        routes=routes_of(operating.handles(subscriber)),
        clock=clock,
        token_key=TOKEN_KEY,
    )
    return Choir(owner, own, subscriber, application, clock, broken)


def batches(events: Sequence[Event], size: int) -> list[Sequence[Event]]:
    """Return ``events`` cut into pieces."""
    return [events[start : start + size] for start in range(0, len(events), size)]
