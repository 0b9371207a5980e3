"""Opening a session of an offering: only what is open, on its day, with approved content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from chassis.kernel.call import CHINA
from chassis.kernel.errors import BusinessRuleViolation
from services.attendance.calendar.domain.service_day import NoService
from services.attendance.calendar.domain.values import Window
from services.attendance.calendar.errors import StatutoryHoliday
from services.attendance.sessions import errors
from services.attendance.sessions.domain.offering_day import OfferingDay, lacking, refusal
from tests.unit.attendance.test_sessions import TODAY, open_session, opened, session

WINDOW = Window(starts=time(15, 30), ends=time(17, 30))
pipa = OfferingDay(
    offering_id="o1",
    date=TODAY,
    title="琵琶社团",
    service_kind="after_school_custody",
    standing="open",
    in_term=True,
    weekdays=(2, 4),
    grades=(3, 4),
    starts=time(16, 15),
    ends=time(17, 0),
    teacher_id="teacher",
    content_kind="club",
    review="approved",
    substituted=False,
)
open_pipa = replace(open_session, offering=pipa, grade=3)
opened_pipa = replace(
    opened,
    offering_id="o1",
    starts_at=datetime(2026, 9, 1, 16, 15, tzinfo=CHINA),
    ends_at=datetime(2026, 9, 1, 17, 0, tzinfo=CHINA),
)


def wanting(**changes):
    return replace(open_pipa, offering=replace(pipa, **changes))


@pytest.mark.clause("P1-087", "P2-045")
def test_what_is_approved_runs_at_the_hours_of_the_offering() -> None:
    session.given().when(open_pipa).then(opened_pipa)
    session.given(opened_pipa).when(replace(open_pipa, session_id="s2")).then_nothing()


@pytest.mark.clause("P1-087", "P2-045")
@pytest.mark.parametrize(
    ("review", "todo"), [("none", "提交"), ("submitted", "审核"), ("returned", "重新提交")]
)
def test_what_is_not_approved_cannot_run_and_says_what_to_do(review: str, todo: str) -> None:
    session.given().when(wanting(review=review)).then_refused(errors.ContentNotApproved)
    refused = refusal(replace(pipa, review=review), WINDOW)
    assert refused is not None
    assert todo in refused.zh
    assert refused.clauses == ("P1-087", "P2-045")


@pytest.mark.clause("P1-036")
def test_a_substituted_session_waits_for_its_own_approval() -> None:
    session.given().when(wanting(substituted=True, review="submitted")).then_refused(
        errors.ContentNotApproved
    )


@pytest.mark.clause("P1-087", "P2-045")
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"standing": "proposed"}, errors.OfferingNotOpen),
        ({"standing": "returned"}, errors.OfferingNotOpen),
        ({"standing": "closed"}, errors.OfferingNotOpen),
        ({"weekdays": (1, 3)}, errors.NotAnOfferingDay),
        ({"in_term": False}, errors.NotAnOfferingDay),
        ({"grades": (1, 2)}, errors.ClassNotOffered),
    ],
)
def test_an_offering_runs_only_open_on_its_days_for_its_grades(
    changes: dict[str, object], error: type[BusinessRuleViolation]
) -> None:
    session.given().when(wanting(**changes)).then_refused(error)


def test_a_class_whose_grade_is_not_known_yet_is_let_in() -> None:
    session.given().when(replace(open_pipa, grade=None)).then(opened_pipa)


@pytest.mark.clause("P1-036")
@pytest.mark.parametrize("wish", [{"starts": time(16, 0)}, {"ends": time(17, 15)}])
def test_a_session_is_not_re_timed_past_the_offerings_guard(wish: dict[str, time]) -> None:
    session.given().when(replace(open_pipa, **wish)).then_refused(errors.OutsideOffering)


def test_a_session_may_use_less_than_the_offerings_hours() -> None:
    shorter = replace(open_pipa, ends=time(16, 45))

    session.given().when(shorter).then(
        replace(opened_pipa, ends_at=datetime(2026, 9, 1, 16, 45, tzinfo=CHINA))
    )


@pytest.mark.clause("P1-015", "P1-016")
def test_an_offering_planned_to_the_end_of_summer_ends_with_the_winters_service() -> None:
    until_summers_end = wanting(ends=time(17, 30))
    winter = replace(until_summers_end, verdict=replace(WINDOW, ends=time(17, 0)))
    unbound = replace(until_summers_end, verdict=replace(WINDOW, ends=None))

    session.given().when(winter).then(opened_pipa)
    session.given().when(unbound).then(
        replace(opened_pipa, ends_at=datetime(2026, 9, 1, 17, 30, tzinfo=CHINA))
    )


@pytest.mark.clause("P1-014")
def test_a_day_without_service_is_named_before_anything_else() -> None:
    holiday = NoService(date=date(2026, 10, 1), reason="statutory-holiday")

    session.given().when(
        replace(wanting(review="none"), date=date(2026, 10, 1), verdict=holiday)
    ).then_refused(StatutoryHoliday)


@pytest.mark.clause("P1-033", "P1-038")
@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ([], ("static", "dynamic")),
        (["static"], ("dynamic",)),
        (["dynamic", "dynamic"], ("static",)),
        (["static", "dynamic"], ()),
    ],
)
def test_a_day_of_custody_has_a_static_and_a_dynamic_part(parts, missing) -> None:
    assert lacking(parts) == missing
