"""How often an operation waits for PostgreSQL: as often as its budget says, no more and no less."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from chassis.assembly import build
from chassis.clock import new_id
from chassis.eventsourcing.application import Application, WireReply
from chassis.kernel.call import CHINA
from chassis.testing.world import FixedClock, Silent, call, settings_for
from services.attendance.definition import DEFINITION as ATTENDANCE
from services.fees.definition import DEFINITION as FEES
from services.safety.definition import DEFINITION as SAFETY
from tests.architecture.source import ROOT
from tests.component.attendance.enrollment import Enrollment
from tests.component.attendance.school import GUARD, MUM, MUM_OF_BEN, START, School
from tests.component.enrollment.world import SCHOOL, office, open_world
from tests.component.fees.conftest import URBAN_SCHOOL, Fees
from tests.component.fees.enrollment import URBAN
from tests.component.fees.enrollment import Enrollment as Roster
from tests.component.safety.test_the_register import AT, BODY, TEACHER
from tests.stack.counting import Trips, counting, differing
from tests.stack.fixtures import FreshDatabase

BUDGETS = tomllib.loads((ROOT / "tests" / "budgets.toml").read_text())["round_trips"]
NOW = datetime(2026, 9, 1, 15, 25, tzinfo=CHINA)


@dataclass
class Counted:
    """What each operation cost when it was done last, and what it sent."""

    trips: Trips
    sent: dict[str, list[str]] = field(default_factory=dict)

    @property
    def costs(self) -> dict[str, int]:
        return {operation: len(made) for operation, made in self.sent.items()}


@pytest.fixture
def counted(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """Operations of whatever service is built over ``counted.trips.url``."""
    handle = Application.handle
    with counting(fresh_database("trips")) as trips:
        counted = Counted(trips)

        def counting_handle(
            self: Application, operation: str, context: dict[str, Any], *what: Any
        ) -> WireReply:
            with trips.counted() as made:
                reply = handle(self, operation, {"idempotency_key": new_id(), **context}, *what)
            assert reply["status"] == "ok", reply
            counted.sent[operation] = made
            return reply

        monkeypatch.setattr(Application, "handle", counting_handle)
        yield counted


def test_attendance(counted: Counted) -> None:
    clock, enrollment = FixedClock(START), Enrollment()
    service = build(ATTENDANCE, settings_for(counted.trips.url), clock, {"enrollment": enrollment})
    school = School(service, enrollment, clock)
    school.furnish()
    school.in_care()
    school.ok(school.hand_over(school.code()))
    found = school.find(school.code("ben", "mum-ben", by=MUM_OF_BEN))
    assert found["ok"]
    at, refused = {"school_id": "school"}, {"student_id": "ben", "reason": "no-code"}
    school.ok(school.ask("refuse_pickup", GUARD, at, receiver_id=None, **refused))
    school.ok(school.revoke(school.authorise()["authorisation_id"]))
    school.ok(school.ask("child_today", MUM, {"student_id": "ann"}))
    school.board()
    service.database.close()

    assert differing(BUDGETS["attendance"], counted.costs) == []


def test_safety(counted: Counted) -> None:
    clock = FixedClock(NOW.replace(hour=16))
    service = build(SAFETY, settings_for(counted.trips.url), clock, {"enrollment": Silent()})
    for _ in range(2):
        made = call(service, TEACHER, "report_incident", AT, BODY)["body"]
    call(service, TEACHER, "notify_guardian", {"incident_id": made["incident_id"]}, {})
    call(service, TEACHER, "list_incidents", AT)
    service.database.close()

    assert differing(BUDGETS["safety"], counted.costs) == []


def test_fees(counted: Counted) -> None:
    clock, enrollment = FixedClock(NOW), Roster()
    enrollment.district("urban-district", URBAN)
    enrollment.school(URBAN_SCHOOL, "urban-district")
    for pupil in ("p-1", "p-2"):
        enrollment.pupil(URBAN_SCHOOL, pupil, f"g-{pupil}")
        enrollment.enrolled(URBAN_SCHOOL, pupil, "after_school_custody")
    service = build(FEES, settings_for(counted.trips.url), clock, {"enrollment": enrollment})
    town = Fees(service, enrollment, clock)
    town.listen()
    for _ in range(2):
        town.ask("run_charges", month="2026-09")
    service.database.close()

    assert differing(BUDGETS["fees"], counted.costs) == []


def test_enrollment(counted: Counted) -> None:
    world = open_world(counted.trips.url)
    counted.sent.clear()
    world.import_rows()
    for name in ("张小明", "李雷"):
        world.accepted(world.pupil(name))
    world.ok(office(), "list_classes", {"school_id": SCHOOL})
    world.service.database.close()

    assert differing(BUDGETS["enrollment"], counted.costs) == []


def test_the_hot_commands_make_at_most_five_round_trips() -> None:
    assert BUDGETS["safety"]["notify_guardian"] <= 5
    assert BUDGETS["attendance"]["hand_over"] <= 5


def test_applying_reads_the_districts_row_once(counted: Counted) -> None:
    world = open_world(counted.trips.url)
    world.import_rows()
    world.apply(world.pupil("李雷"))
    world.service.database.close()

    read = [text for text in counted.sent["submit_application"] if "districts.parameters" in text]
    assert len(read) == 1
