"""Whatever happens in whatever order, the views are the fold of the log.

A state machine plays owners that append and abort, a network that loses, doubles and reorders, an
audit that crashes before and after its commit, folds that are wrong for a while, rebuilds, swaps,
rollbacks and operators; after every step the rows are compared with a fold of what was copied.
"""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call
from chassis.messaging.checkpoints import Checkpoints
from chassis.testing.world import call, fresh_sqlite
from contracts.fees.charges import PaymentRecorded
from services.audit import copied
from services.audit import migrations as audit_migrations
from services.audit.proof import verifying
from services.audit.rebuilds import work
from services.audit.rebuilds.record import OPEN
from services.audit.refold import FoldFails
from services.audit.views import funds
from services.fees import migrations as fees_migrations
from tests.component.audit.conftest import OPERATOR
from tests.component.audit.ledger import Ledger, ledger

SCHOOLS = ("s-1", "s-2")
POISONED = 1
"""Amounts that leave this when divided by four are what a wrong fold fails on."""

schools = st.sampled_from(SCHOOLS)


class Died(OSError):
    """A process ended here."""


class Interleaving(RuleBasedStateMachine):
    """One run of the world."""

    books: Ledger

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        urls = [
            fresh_sqlite(self.folder / f"{name}.sqlite", migrations)
            for name, migrations in (("fees", fees_migrations), ("audit", audit_migrations))
        ]
        self.books = ledger(*urls)
        self.network: list[Event] = []
        self.sent = dict.fromkeys(SCHOOLS, 0)
        self.amount = 0
        self.patch = pytest.MonkeyPatch()
        self.right = funds.fold

    @rule(school=schools, count=st.integers(1, 5))
    def append(self, school: str, count: int) -> None:
        self._append(school, count)

    @rule(school=schools)
    def abort(self, school: str) -> None:
        with pytest.raises(Died):
            self._append(school, 2, then=Died())

    @rule(count=st.integers(1, 9))
    def append_and_relay(self, count: int) -> None:
        for school in SCHOOLS:
            self._append(school, count)
        self._relay()

    @rule(seed=st.integers(0, 2**32), loss=st.booleans(), again=st.booleans())
    def deliver(self, seed: int, loss: bool, again: bool) -> None:
        self._relay()
        chance = random.Random(seed)
        batch = chance.sample(self.network, k=chance.randint(0, len(self.network)))
        batch += chance.sample(batch, k=len(batch) // 2)
        self.books.audit.subscriber.receive(batch)
        if not again:  # else the acknowledgement was lost, and all of it comes once more
            self.network = [event for event in self.network if event not in batch]
        if loss:
            self.network = self.network[len(self.network) // 2 :]

    @rule()
    def die_before_the_commit(self) -> None:
        with pytest.MonkeyPatch.context() as dying:
            dying.setattr(Checkpoints, "advance", _die)
            with suppress(Died):  # not raised where nothing of it was new
                self.books.audit.subscriber.receive(self.network)

    @rule()
    def catch_up(self) -> None:
        self.books.audit.subscriber.catch_up()

    @rule(count=st.integers(1, 4))
    def let_the_fold_be_wrong(self, count: int) -> None:
        self._break()
        self._append(SCHOOLS[0], count)
        self.books.audit.subscriber.catch_up()

    def _break(self) -> None:
        self.patch.setattr(funds, "fold", self._wrong)

    @rule(seconds=st.sampled_from([1, 60]))
    def mend_the_fold(self, seconds: int) -> None:
        self.patch.undo()
        self._retry(seconds)

    @rule(seconds=st.sampled_from([1, 5, 60]))
    def wait_for_the_next_try(self, seconds: int) -> None:
        self._retry(seconds)

    @rule(operation=st.sampled_from(["retry_parked", "discard_parked"]), dry=st.booleans())
    def settle_what_is_parked(self, operation: str, dry: bool) -> None:
        for item in self._parked():
            if item["state"] != "waiting" and (dry or operation == "retry_parked"):
                place = {name: str(item[name]) for name in ("service", "partition", "seq")}
                body = {"reason": "told so", "dry_run": dry}
                self._ask(operation, place, body)

    @rule(swap=st.booleans(), page=st.sampled_from([1, 3, 2000]))
    def rebuild(self, swap: bool, page: int) -> None:
        if not self._open():
            self._ask("request_rebuild", {}, {"views": [], "swap": swap, "reason": "told so"})
            self._work(page)

    @rule()
    def die_in_a_rebuild(self) -> None:
        if not self._open():
            self._ask("request_rebuild", {}, {"views": [], "reason": "told so"})
            with pytest.MonkeyPatch.context() as dying:
                dying.setattr(work.fence, "finish", _die)
                with pytest.raises(Died):
                    self._work(2000)

    @rule(what=st.sampled_from(["swap_rebuild", "cancel_rebuild"]))
    def settle_the_rebuild(self, what: str) -> None:
        for rebuild in self._open():
            place = {"rebuild_id": rebuild["rebuild_id"]}
            call(self._service, OPERATOR, what, place, {"reason": "told so"})
        with suppress(FoldFails):
            self._work(2000)

    @rule()
    def roll_back(self) -> None:
        call(self._service, OPERATOR, "rollback_views", {}, {"views": [], "reason": "told so"})
        with suppress(FoldFails):  # while the fold is wrong there may be no way back
            self._work(2000)

    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def the_copy_is_a_beginning_of_the_log(self) -> None:
        for (_, school), at in self._places().items():
            copy = self.books.audit.service.log  # its own log is copied too, and read elsewhere
            assert copy.service == "audit"
            assert at <= self.books.owner.heads().get(school, 0)

    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def the_view_is_the_fold_of_the_copy(self) -> None:
        mended = self.patch
        broken = funds.fold is not self.right
        mended.undo()  # what is parked is left out, so the right fold gives the same rows
        with self.books.audit.service.database.read() as connection:
            for place, head in self._places().items():
                assert verifying.check_view(connection, funds, place, head) == []
        if broken:
            self._break()

    def teardown(self) -> None:
        if not hasattr(self, "books"):
            return
        self.patch.undo()
        for rebuild in self._open():
            place = {"rebuild_id": rebuild["rebuild_id"]}
            call(self._service, OPERATOR, "cancel_rebuild", place, {"reason": "the end"})
        self.books.audit.subscriber.catch_up()
        for item in self._parked():
            if item["state"] != "waiting":
                place = {name: str(item[name]) for name in ("service", "partition", "seq")}
                self._ask("retry_parked", place, {"reason": "the end"})
        self.books.audit.subscriber.catch_up()
        assert self._parked() == []
        assert self.books.verify().found == []
        self.books.close()
        shutil.rmtree(self.folder)

    @property
    def _service(self) -> Any:
        return self.books.audit.service

    def _append(self, school: str, count: int, then: Exception | None = None) -> None:
        asked = Call(principal=SYSTEM, now=self.books.audit.clock.now(), correlation_id="test")
        with unit_of_work(self.books.owner, school, asked) as unit:
            for _ in range(count):
                self.amount += 1
                paid = PaymentRecorded(
                    payment_id=f"pay-{self.amount}",
                    school_id=school,
                    student_id=f"p-{self.amount % 3}",
                    month=f"2026-{9 + self.amount % 2:02d}",
                    amount_fen=self.amount,
                    currency="CNY",
                    method="cash",
                )
                stream = f"purse-{school}-{self.amount % 3}"
                version = len(self.books.owner.stream(unit.connection, school, stream))
                seen = unit._versions.get(stream, version)
                unit.append(stream, [paid], expected_version=seen)
            if then is not None:
                raise then

    def _relay(self) -> None:
        for school in SCHOOLS:
            fresh = self.books.owner.read(school, self.sent[school])
            self.network += fresh
            self.sent[school] += len(fresh)

    def _wrong(self, row: Any, event: Event, key: str) -> Any:
        if event["data"]["amount_fen"] % 4 == POISONED:
            raise ValueError("a wrong fold")
        return self.right(row, event, key)

    def _retry(self, seconds: int) -> None:
        self.books.audit.later(seconds=seconds)
        self.books.audit.subscriber.retry_due()

    def _work(self, page: int) -> None:
        with pytest.MonkeyPatch.context() as small:
            small.setattr(copied, "PAGE", page)
            self.books.audit.work()

    def _places(self) -> dict[tuple[str, str], int]:
        with self._service.database.read() as connection:
            found = copied.places(connection)
        return {place: at for place, at in found.items() if place[0] == "fees"}

    def _parked(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self._ask("list_parked", {}, {})["items"]
        return items

    def _open(self) -> list[dict[str, Any]]:
        items = self._ask("list_rebuilds", {}, {})["items"]
        return [each for each in items if each["state"] in OPEN]

    def _ask(self, operation: str, params: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        reply = call(self._service, OPERATOR, operation, params, body)
        assert reply["status"] == "ok", reply
        answer: dict[str, Any] = reply["body"]
        return answer


def _die(*_: object, **__: object) -> None:
    raise Died


TestInterleaving = Interleaving.TestCase
TestInterleaving.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
