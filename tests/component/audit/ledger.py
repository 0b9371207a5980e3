"""Audit over a real owner's log, so that rows can be changed by hand on either side."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import text

from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import Database, open_database
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.migrate import migrate
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call
from chassis.testing.world import SIGNING_KEY
from contracts import language
from contracts.fees.charges import PaymentRecorded
from services.audit.proof import verifying
from services.audit.proof.verifying import Verified
from services.fees import migrations as fees_migrations
from tests.component.audit.conftest import Audit, build

CODEC = Codec(language.EVENTS["fees"].values(), language.UPCASTERS["fees"])

ROOT = Path(__file__).parents[3]
SCHOOL = "s-1"


@dataclass
class Ledger:
    """Audit, and the fees log that it copies."""

    audit: Audit
    owner: EventLog

    def pay(self, count: int, school: str = SCHOOL) -> None:
        call = Call(principal=SYSTEM, now=self.audit.clock.now(), correlation_id="test")
        done = self.owner.heads().get(school, 0)
        with unit_of_work(self.owner, school, call) as work:
            for number in range(done, done + count):
                paid = PaymentRecorded(
                    payment_id=f"pay-{school}-{number}",
                    school_id=school,
                    student_id=f"p-{number % 7}",
                    month="2026-09",
                    amount_fen=100 + number,
                    currency="CNY",
                    method="cash",
                )
                work.append(f"payment-{school}-{number}", [paid], expected_version=0)
        self.audit.subscriber.catch_up()

    def sign(self, school: str = SCHOOL) -> dict[str, Any]:
        reply = self.audit.command_of("sign_tree_head", {"partition": school})
        assert reply["status"] == "ok", reply
        head: dict[str, Any] = reply["body"]
        return head

    def verify(self, **options: Any) -> Verified:
        subscriber = self.audit.subscriber
        return verifying.verify(subscriber.database, subscriber.sources, SIGNING_KEY, **options)

    def found(self, **options: Any) -> list[tuple[str, str, int]]:
        return [(f.what, f.partition, f.seq) for f in self.verify(**options).found]

    def spoil(self, side: str, statement: str, **values: Any) -> None:
        database: Database = (
            self.owner.database if side == "events" else self.audit.subscriber.database
        )
        with database.write() as connection:
            connection.execute(text(statement), values)

    def close(self) -> None:
        self.owner.database.close()
        self.audit.service.database.close()


def ledger(owner_url: str, audit_url: str) -> Ledger:
    """Return both over empty databases."""
    database = open_database(owner_url)
    migrate(database.engine, fees_migrations)
    owner = EventLog("fees", database, CODEC)
    audit = build(audit_url, fees=owner)
    return Ledger(audit, owner)


def offline_verifier() -> ModuleType:
    """The stand-alone program, as a module."""
    spec = importlib.util.spec_from_file_location("hp3_verify", ROOT / "tools" / "hp3_verify.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
