"""A pupil's stay after the agreement: withdraw, suspend, resume; leave the school."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from contracts.enrollment.applications import ApplicationState
from contracts.shapes import Id, Length, command, event, reply, request

By: TypeAlias = Literal["guardian", "school"]


@event
class StudentWithdrawn:
    """``effective_on`` is the first day without the service; who leaves may apply again."""

    application_id: Id
    school_id: Id
    student_id: Id
    term_id: Id
    effective_on: date
    by: By


@event
class EnrolmentSuspended:
    """``until_on`` is the last suspended day; null: until an ``EnrolmentResumed``."""

    application_id: Id
    school_id: Id
    student_id: Id
    term_id: Id
    from_on: date
    until_on: date | None


@event
class EnrolmentResumed:
    """``on`` is the first day back; not later than the suspension's first day, it cancels it."""

    application_id: Id
    school_id: Id
    student_id: Id
    term_id: Id
    on: date


@event
class StudentTransferredOut:
    """From ``effective_on`` the pupil is off the register, and no enrolment from before lasts.

    ``StudentRegistered`` for the same pupil brings the pupil back; enrolments do not come back.
    """

    student_id: Id
    to_school_id: Id | None
    effective_on: date


@request(component="enrollment.WithdrawStudent")
class WithdrawStudent:
    """``effective_on``: the first day without the service. A school gives a reason."""

    application_id: Id
    effective_on: date
    reason: Annotated[str, Length(0, 1000)] = ""


@request(component="enrollment.SuspendEnrolment")
class SuspendEnrolment:
    """``until_on``: the last day away; null: until it is resumed."""

    application_id: Id
    from_on: date
    until_on: date | None = None
    reason: Annotated[str, Length(0, 1000)] = ""


@request(component="enrollment.ResumeEnrolment")
class ResumeEnrolment:
    """``on``: the first day back; today if it is not given."""

    application_id: Id
    on: date | None = None


@request(component="enrollment.TransferStudent")
class TransferStudent:
    """``to_school_id`` is null for a school that is not on this platform."""

    student_id: Id
    effective_on: date
    to_school_id: Id | None = None


@reply
class StudentLeaves:
    """From ``left_on`` the pupil is not on the school's lists."""

    student_id: str
    school_id: str
    left_on: str


WITHDRAW_STUDENT = command(
    "withdraw_student",
    "/applications/{application_id}/withdraw",
    "Withdraw an enrolled pupil from a day on",
    WithdrawStudent,
    ApplicationState,
    roles=("guardian", "school_office"),
)
SUSPEND_ENROLMENT = command(
    "suspend_enrolment",
    "/applications/{application_id}/suspend",
    "Suspend an enrolment from a day on, until a day or until it is resumed",
    SuspendEnrolment,
    ApplicationState,
    roles=("guardian", "school_office"),
)
RESUME_ENROLMENT = command(
    "resume_enrolment",
    "/applications/{application_id}/resume",
    "Resume a suspended enrolment, or cancel a suspension ahead",
    ResumeEnrolment,
    ApplicationState,
    roles=("guardian", "school_office"),
)
TRANSFER_STUDENT = command(
    "transfer_student",
    "/students/{student_id}/transfer",
    "Take a pupil who moves to another school off the register from a day on",
    TransferStudent,
    StudentLeaves,
    roles=("school_office",),
)
