"""A place does not stay with a pupil who left: the next in line is offered it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chassis.kernel.call import SYSTEM, Call
from services.enrollment.domain.offerings.events import OfferingOpened, OfferingProposed
from services.enrollment.handlers.leaving import pass_on
from tests.component.enrollment.test_documents import enrol
from tests.component.enrollment.world import SCHOOL, World, at, office

CLUB = "of-1"


def open_club(world: World, capacity: int = 1) -> None:
    """Put an open offering on record, without the way there."""
    told = [
        OfferingProposed(
            offering_id=CLUB,
            school_id=SCHOOL,
            term_id=world.term_ids[SCHOOL],
            title="琵琶社团",
            service_kind="after_school_custody",
            content_kind="club",
            subject=None,
            teacher_id="t-1",
            venue_id="v-1",
            capacity=capacity,
            grades=(2, 3),
            weekdays=(1, 3),
            starts="16:15",
            ends="17:00",
            provider_of_record=SCHOOL,
            taught_by="school",
        ),
        OfferingOpened(offering_id=CLUB),
    ]
    by = Call(principal=SYSTEM, now=world.clock.now())
    with world.service.log.unit_of_work(SCHOOL, by) as work:
        work.append(f"offering-{CLUB}", told)


def ask(world: World, pupil: dict[str, Any], operation: str = "request_place") -> dict[str, Any]:
    body = {"student_id": pupil["student_id"]}
    return world.ok(world.parent_of(pupil), operation, {"offering_id": CLUB}, body)


def standing(world: World, pupil: dict[str, Any]) -> str:
    where = {"student_id": pupil["student_id"], "term_id": world.term_ids[SCHOOL]}
    items = world.ok(world.parent_of(pupil), "my_places", where)["items"]
    return str(items[0]["standing"]) if items else "none"


@pytest.fixture
def club(world: World) -> tuple[World, dict[str, Any], dict[str, Any], dict[str, str]]:
    """A club with one place: 张小明, enrolled, has it; 李雷 waits."""
    world.import_rows()
    first, second = world.pupil("张小明"), world.pupil("李雷")
    application = {"application_id": world.apply(first)["application_id"]}
    world.apply(second)
    open_club(world)
    assert (ask(world, first)["standing"], ask(world, second)["standing"]) == ("held", "waiting")
    return world, first, second, application


def says_no(world: World, pupil: dict[str, Any], application: dict[str, str]) -> None:
    world.ok(world.parent_of(pupil), "record_pupil_assent", application, {"assents": False})


def declines(world: World, pupil: dict[str, Any], _application: dict[str, str]) -> None:
    answer = {"student_id": pupil["student_id"], "term_id": world.term_ids[SCHOOL]}
    world.ok(world.parent_of(pupil), "decline_participation", {}, answer)


def is_rejected(world: World, _pupil: dict[str, Any], application: dict[str, str]) -> None:
    world.ok(office(), "reject_application", application, {"reason": "材料不全"})


def changes_school(world: World, pupil: dict[str, Any], _application: dict[str, str]) -> None:
    body = {"effective_on": "2026-09-01", "to_school_id": None}
    world.ok(office(), "transfer_student", {"student_id": pupil["student_id"]}, body)


@pytest.mark.clause("P2-005")
@pytest.mark.parametrize("leaves", [says_no, declines, is_rejected, changes_school])
def test_the_place_of_who_left_goes_to_the_next(club, leaves: Callable[..., None]):
    world, first, second, application = club
    assert pass_on(world.service.log, world.clock.now()) == 0, "while both take part"

    leaves(world, first, application)
    moved = pass_on(world.service.log, world.clock.now())

    assert (moved, standing(world, first), standing(world, second)) == (1, "none", "offered")
    assert pass_on(world.service.log, world.clock.now()) == 0
    assert ask(world, second, "accept_place")["standing"] == "held"


@pytest.mark.clause("P1-079")
def test_who_withdraws_keeps_the_place_until_the_day(club):
    world, first, second, application = club
    enrol(world, application, first)
    body = {"effective_on": "2026-10-19"}
    world.ok(world.parent_of(first), "withdraw_student", application, body)

    world.clock.instant = at("2026-10-18T23:59:00")
    assert (pass_on(world.service.log, world.clock.now()), standing(world, first)) == (0, "held")
    world.clock.instant = at("2026-10-19T00:01:00")

    assert pass_on(world.service.log, world.clock.now()) == 1
    assert (standing(world, first), standing(world, second)) == ("none", "offered")


def test_who_waited_leaves_the_line(club):
    world, first, second, _ = club
    declines(world, second, {})

    assert pass_on(world.service.log, world.clock.now()) == 1
    assert (standing(world, first), standing(world, second)) == ("held", "none")


def test_the_chore_is_among_the_services_chores(world: World):
    assert "enrollment.leavers" in [each.name for each in world.service.chores]
