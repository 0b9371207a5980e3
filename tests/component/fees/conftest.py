"""A fees service over a throw-away database, an enrollment to listen to, and the people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chassis.assembly import build
from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import CHINA, Principal
from chassis.service import Service
from chassis.testing.world import FixedClock, call, fresh_sqlite, settings_for
from services.fees import migrations
from services.fees.definition import DEFINITION
from tests.component.fees.enrollment import DEXING, URBAN, Enrollment

URBAN_SCHOOL, DEXING_SCHOOL, JUNIOR_SCHOOL = "s-urban", "s-dexing", "s-junior"


def finance(school_id: str) -> Principal:
    return Principal(account_id="finance", role="school_finance", school_id=school_id)


@dataclass
class Fees:
    """The service under test and what a test does with it."""

    service: Service
    enrollment: Enrollment
    clock: FixedClock

    def listen(self) -> None:
        assert self.service.subscriber is not None
        self.service.subscriber.catch_up()

    def at(self, text: str) -> None:
        self.clock.instant = datetime.fromisoformat(text).replace(tzinfo=CHINA)

    def ask(
        self,
        operation: str,
        *,
        by: Principal | None = None,
        school: str = URBAN_SCHOOL,
        student: str | None = None,
        context: dict[str, Any] | None = None,
        **body: Any,
    ) -> WireReply:
        params = {"student_id": student} if student else {"school_id": school}
        return call(self.service, by or finance(school), operation, params, body, **(context or {}))

    def events(self, school: str = URBAN_SCHOOL) -> list[dict[str, Any]]:
        return self.service.log.read(school)


@pytest.fixture
def fees(tmp_path: Path) -> Iterator[Fees]:
    """Fees with one urban school (pupils p-1, p-2), one Dexing primary and one junior school."""
    enrollment = Enrollment()
    enrollment.district("urban-district", URBAN)
    enrollment.district("dexing", DEXING)
    enrollment.school(URBAN_SCHOOL, "urban-district")
    enrollment.school(DEXING_SCHOOL, "dexing")
    enrollment.school(JUNIOR_SCHOOL, "dexing", "junior")
    for school, pupil in (
        (URBAN_SCHOOL, "p-1"),
        (URBAN_SCHOOL, "p-2"),
        (DEXING_SCHOOL, "p-3"),
        (JUNIOR_SCHOOL, "p-4"),
    ):
        enrollment.pupil(school, pupil, f"g-{pupil}")
        kind = "evening_self_study" if school == JUNIOR_SCHOOL else "after_school_custody"
        enrollment.enrolled(school, pupil, kind)
    clock = FixedClock(datetime(2026, 9, 1, 15, 25, tzinfo=CHINA))
    settings = settings_for(fresh_sqlite(tmp_path / "fees.sqlite", migrations))
    service = build(DEFINITION, settings, clock, {"enrollment": enrollment})
    world = Fees(service, enrollment, clock)
    world.listen()
    yield world
    service.database.close()
