"""Schools, terms, classes and staff."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, StaffRegistered, TermOpened
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.school import SCHOOL, OpenClass, OpenTerm, RegisterSchool
from services.enrollment.register.domain.staff import STAFF, RegisterStaff

register = RegisterSchool(
    school_id="s-1",
    district_id="d-1",
    name="实验小学",
    profile="urban-district",
    stage="primary",
    area="urban",
    stages=["primary"],
    areas=["urban"],
)
registered = SchoolRegistered(
    school_id="s-1",
    district_id="d-1",
    name="实验小学",
    profile="urban-district",
    stage="primary",
    area="urban",
)
open_term = OpenTerm(
    term_id="t-1",
    name="秋",
    first_day=date(2026, 9, 1),
    last_day=date(2027, 1, 20),
    plan_from=date(2024, 9, 1),
)
term = TermOpened(
    term_id="t-1",
    school_id="s-1",
    name="秋",
    first_day=date(2026, 9, 1),
    last_day=date(2027, 1, 20),
)
open_class = OpenClass(class_id="c-1", grade=3, name="三年级2班")
opened = ClassOpened(class_id="c-1", school_id="s-1", grade=3, name="三年级2班")
school = Scenario(SCHOOL)
staff = Scenario(STAFF)


@pytest.mark.clause("P1-012")
def test_an_urban_primary_school_is_served():
    school.given().when(register).then(registered)


def test_registering_it_again_changes_nothing():
    school.given(registered).when(register).then_nothing()


def test_another_school_cannot_take_its_id():
    school.given(registered).when(replace(register, name="别的小学")).then_refused(
        errors.SchoolDiffers
    )


@pytest.mark.clause("P1-012")
@pytest.mark.parametrize("change", [{"stage": "junior"}, {"area": "rural"}])
def test_plan_1_serves_no_other_school(change):
    school.given().when(replace(register, **change)).then_refused(errors.SchoolOutOfScope)


@pytest.mark.clause("P2-011")
def test_plan_2_serves_rural_and_junior_schools_but_no_senior_ones():
    dexing = replace(register, stages=["primary", "junior"], areas=["urban", "rural"])

    for stage, area in (("primary", "rural"), ("junior", "urban")):
        allowed = replace(dexing, stage=stage, area=area)
        school.given().when(allowed).then(replace(registered, stage=stage, area=area))
    school.given().when(replace(dexing, stage="senior")).then_refused(errors.SchoolOutOfScope)


def test_a_term_is_opened():
    school.given(registered).when(open_term).then(term)


def test_opening_the_same_term_again_changes_nothing():
    school.given(registered, term).when(replace(open_term, term_id="t-2")).then_nothing()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 1, 20), date(2027, 6, 30)),
        (date(2026, 8, 1), date(2026, 9, 1)),
        (date(2026, 10, 1), date(2026, 11, 1)),
    ],
)
def test_terms_never_overlap(first, last):
    other = replace(open_term, term_id="t-2", first_day=first, last_day=last)

    school.given(registered, term).when(other).then_refused(errors.TermOverlaps)


def test_a_term_may_begin_the_day_after_another_ends():
    spring = replace(
        open_term, term_id="t-2", first_day=date(2027, 1, 21), last_day=date(2027, 7, 1)
    )
    expected = replace(term, term_id="t-2", first_day=date(2027, 1, 21), last_day=date(2027, 7, 1))

    school.given(registered, term).when(spring).then(expected)


def test_a_term_ends_after_it_begins():
    school.given(registered).when(replace(open_term, last_day=open_term.first_day)).then_refused(
        errors.TermDatesWrong
    )


@pytest.mark.clause("P1-012")
def test_no_term_begins_before_the_plan():
    early = replace(open_term, first_day=date(2024, 8, 31), last_day=date(2025, 1, 20))

    school.given(registered).when(early).then_refused(errors.TermTooEarly)


def test_a_class_is_opened_once():
    school.given(registered).when(open_class).then(opened)
    school.given(registered, opened).when(replace(open_class, class_id="c-2")).then_nothing()


@pytest.mark.parametrize("command", [open_term, open_class])
def test_nothing_is_opened_in_an_unknown_school(command):
    school.given().when(command).then_refused(errors.SchoolUnknown)


@pytest.mark.clause("P2-060")
@pytest.mark.parametrize(
    "kind", ["school_staff", "retired_teacher", "community_person", "volunteer", "parent"]
)
def test_who_may_take_part_is_registered_once(kind):
    command = RegisterStaff(staff_id="p-1", school_id="s-1", kind=kind)
    event = StaffRegistered(staff_id="p-1", school_id="s-1", kind=kind)

    staff.given().when(command).then(event)
    staff.given(event).when(command).then_nothing()
    staff.given(event).when(replace(command, school_id="s-2")).then_refused(errors.StaffDiffers)
