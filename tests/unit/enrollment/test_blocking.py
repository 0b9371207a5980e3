"""A guardian whom the school keeps from a pupil, with proof."""

from chassis.testing.scenario import Scenario
from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentRegistered,
)
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.student import STUDENT, BlockGuardian, RecordStudent

registered = StudentRegistered(student_id="st-1", school_id="s-1", class_id="c-1", grade=3)
linked = GuardianLinked(guardian_id="g-1", student_id="st-1", relation="father")
block = BlockGuardian(student_id="st-1", guardian_id="g-1", blocked=True)
unblock = BlockGuardian(student_id="st-1", guardian_id="g-1", blocked=False)
blocked = GuardianBlocked(student_id="st-1", guardian_id="g-1")
unblocked = GuardianUnblocked(student_id="st-1", guardian_id="g-1")
student = Scenario(STUDENT)


def test_a_guardian_is_blocked_once_and_let_back_once():
    student.given(registered, linked).when(block).then(blocked)
    student.given(registered, linked, blocked).when(block).then_nothing()
    student.given(registered, linked, blocked).when(unblock).then(unblocked)
    student.given(registered, linked).when(unblock).then_nothing()
    student.given(registered, linked, blocked, unblocked).when(block).then(blocked)


def test_only_a_guardian_on_the_register_is_blocked():
    student.given(registered).when(block).then_refused(errors.GuardianUnknown)
    student.given().when(block).then_refused(errors.GuardianUnknown)


def test_a_roster_never_lifts_a_block():
    again = RecordStudent(
        student_id="st-1",
        school_id="s-1",
        class_id="c-1",
        grade=3,
        guardians=(("g-1", "guardian"),),
    )

    student.given(registered, linked, blocked).when(again).then_nothing()
