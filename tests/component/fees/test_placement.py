"""What a withdrawn or suspended pupil is charged: whole months of service, no others."""

from __future__ import annotations

import pytest

from tests.component.fees.conftest import URBAN_SCHOOL

WHOSE = {
    "application_id": "a-p-1-t-1",
    "school_id": URBAN_SCHOOL,
    "student_id": "p-1",
    "term_id": "t-1",
}
MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01")


def told(fees, type_, **data):
    whose = {"student_id": "p-1"} if type_ == "StudentTransferredOut" else WHOSE
    fees.enrollment.say(URBAN_SCHOOL, type_, **whose, **data)
    fees.listen()


def charged(fees):
    """The months that p-1 is charged when the whole term is run at its end."""
    fees.at("2027-01-20T08:00:00")
    for month in MONTHS:
        run = fees.ask("run_charges", month=month)["body"]
        assert run["refused"] == []
    data = [each["data"] for each in fees.events() if each["type"] == "FeeCharged"]
    assert [each["month"] for each in data if each["student_id"] == "p-2"] == list(MONTHS)
    return [each["month"] for each in data if each["student_id"] == "p-1"]


@pytest.mark.clause("P1-079")
@pytest.mark.parametrize(
    ("effective_on", "months"),
    [
        ("2026-09-01", 0),
        ("2026-09-02", 1),
        ("2026-10-01", 1),
        ("2026-10-02", 2),
        ("2026-10-31", 2),
        ("2027-01-20", 5),
    ],
)
def test_no_month_is_charged_that_begins_after_the_last_day(fees, effective_on, months):
    told(fees, "StudentWithdrawn", effective_on=effective_on, by="guardian")

    assert charged(fees) == list(MONTHS[:months])


@pytest.mark.clause("P1-079")
@pytest.mark.parametrize(
    ("from_on", "until_on", "free"),
    [
        ("2026-10-01", "2026-10-31", ["2026-10"]),
        ("2026-10-02", "2026-10-31", []),
        ("2026-10-01", "2026-10-30", []),
        ("2026-10-15", "2026-12-15", ["2026-11"]),
        ("2026-12-31", None, ["2027-01"]),
    ],
)
def test_a_whole_suspended_month_is_not_charged(fees, from_on, until_on, free):
    told(fees, "EnrolmentSuspended", from_on=from_on, until_on=until_on)

    assert charged(fees) == [month for month in MONTHS if month not in free]


@pytest.mark.clause("P1-079")
def test_a_pupil_who_is_back_is_charged_again(fees):
    told(fees, "EnrolmentSuspended", from_on="2026-10-01", until_on=None)
    told(fees, "EnrolmentResumed", on="2026-11-30")

    assert charged(fees) == ["2026-09", "2026-11", "2026-12", "2027-01"]


def test_two_suspensions_cover_a_month_together(fees):
    told(fees, "EnrolmentSuspended", from_on="2026-10-16", until_on="2026-11-01")
    told(fees, "EnrolmentSuspended", from_on="2026-09-20", until_on="2026-10-15")

    assert charged(fees) == ["2026-09", "2026-11", "2026-12", "2027-01"]


def test_a_cancelled_suspension_frees_no_month(fees):
    told(fees, "EnrolmentSuspended", from_on="2026-10-01", until_on="2026-10-31")
    told(fees, "EnrolmentResumed", on="2026-09-30")

    assert charged(fees) == list(MONTHS)


@pytest.mark.clause("P1-079")
def test_who_comes_back_in_the_same_month_is_charged_once(fees):
    told(fees, "StudentWithdrawn", effective_on="2026-10-10", by="guardian")
    fees.enrollment.say(
        URBAN_SCHOOL,
        "StudentEnrolled",
        **{**WHOSE, "application_id": "a-p-1-again"},
        class_id="c-1",
        service_kinds=["after_school_custody"],
        starts_on="2026-10-20",
        ends_on="2027-01-20",
    )
    fees.listen()

    assert charged(fees) == list(MONTHS)


@pytest.mark.clause("P1-079")
def test_a_pupil_of_another_school_is_not_charged_here(fees):
    told(fees, "StudentTransferredOut", to_school_id=None, effective_on="2026-11-01")

    assert charged(fees) == ["2026-09", "2026-10"]


def test_what_was_charged_before_stays_charged(fees):
    fees.ask("run_charges", month="2026-09")

    told(fees, "StudentWithdrawn", effective_on="2026-09-01", by="school")

    assert charged(fees) == ["2026-09"]
