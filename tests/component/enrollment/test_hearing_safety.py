"""Enrollment knows from safety who of the staff may be put in charge of pupils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from chassis.testing.world import fresh_sqlite
from services.enrollment import migrations
from services.enrollment.offerings.tables.fitness import fitness
from tests.component.audit.logs import Log
from tests.component.enrollment.world import OPERATOR, SCHOOL, World, open_world

END = date(2026, 12, 31)


@dataclass
class Heard:
    """Enrollment and the safety that it listens to."""

    world: World
    safety: Log

    def screened(self, result: str, checked_on: str, valid_until: str | None = None) -> None:
        self.say("StaffScreened", result=result, checked_on=checked_on, valid_until=valid_until)

    def signed(self, term_id: str) -> None:
        self.say(
            "ResponsibilityStatementSigned",
            term_id=term_id,
            statement_version="2026-1",
            text_sha256="a" * 64,
            by="staff",
        )

    def say(self, type_: str, **data: str | None) -> None:
        self.safety.say(SCHOOL, type_, staff_id="wang", school_id=SCHOOL, **data)

    def fitness(
        self, staff_id: str = "wang", term_id: str = "autumn", on: date = END
    ) -> tuple[bool, bool]:
        subscriber = self.world.service.subscriber
        assert subscriber is not None
        subscriber.catch_up()
        with self.world.service.database.read() as connection:
            return fitness(connection, staff_id, term_id, on)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    safety = Log("safety")
    world = open_world(fresh_sqlite(tmp_path / "enrollment.sqlite", migrations), safety)
    yield Heard(world, safety)
    world.service.database.close()


def test_nobody_is_fit_who_was_never_screened_and_never_signed(heard: Heard):
    assert heard.fitness() == (False, False)


@pytest.mark.clause("P1-031", "P2-060")
def test_a_clear_screening_holds_through_its_last_day(heard: Heard):
    heard.screened("clear", "2026-08-20", END.isoformat())

    assert heard.fitness(on=END) == (True, False)
    assert heard.fitness(on=date(2027, 1, 1)) == (False, False)
    assert heard.fitness("li") == (False, False)


@pytest.mark.clause("P1-031", "P2-060")
def test_a_bar_holds_until_a_later_clear_screening(heard: Heard):
    heard.screened("clear", "2026-08-20", END.isoformat())
    heard.screened("barred", "2026-09-10")
    assert heard.fitness() == (False, False)

    heard.screened("clear", "2026-10-01", END.isoformat())
    assert heard.fitness() == (True, False)


@pytest.mark.clause("P1-032")
def test_a_statement_counts_for_its_term(heard: Heard):
    heard.signed("autumn")

    assert heard.fitness() == (False, True)
    assert heard.fitness(term_id="spring") == (False, False)


def test_what_enrollment_does_not_keep_is_passed_over(heard: Heard):
    heard.safety.say(SCHOOL, "IncidentGuardianNotified", incident_id="i", notified_at=(
        "2026-09-01T16:00:00+08:00"
    ))  # fmt: skip
    heard.screened("clear", "2026-08-20", END.isoformat())

    assert heard.fitness() == (True, False)
    assert heard.world.ok(OPERATOR, "list_parked", {}, {})["items"] == []
    (place,) = heard.world.ok(OPERATOR, "read_checkpoints")["places"]
    assert (place["service"], place["seq"]) == ("safety", 2)


def test_a_newer_version_waits_for_the_release_that_knows_it(heard: Heard):
    heard.screened("clear", "2026-08-20", END.isoformat())
    heard.safety.events[0]["schema_version"] = 2

    assert heard.fitness() == (False, False)
    (item,) = heard.world.ok(OPERATOR, "list_parked", {}, {})["items"]
    assert item["error"].startswith("NewerVersion: StaffScreened v2")


def test_hearing_it_twice_changes_nothing(heard: Heard):
    heard.screened("clear", "2026-08-20", END.isoformat())
    heard.signed("autumn")
    before = heard.fitness()
    at = {"service": "safety", "partition": SCHOOL}
    body = {"from_seq": 1, "to_seq": 2, "again": True, "reason": "looking twice"}
    replayed = heard.world.ok(OPERATOR, "replay", at, body)

    assert replayed["counts"] == {"applied again": 2}
    assert heard.fitness() == before == (True, True)
