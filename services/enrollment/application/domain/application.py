"""Application: one pupil's answer for one term, from the guardian's form to enrolment and on.

Rules:
    1. To take part or not is the family's free choice; "no" is an answer like any other, and it
       also ends an open application (P1-060). Nobody is enrolled without an application (P1-004).
    2. A pupil has one open application per term (P1-061, P2-049); after a "no", a rejection or a
       withdrawal the family may apply again. Only what the plan offers can be asked for.
    3. The school accepts or rejects (P1-062, P2-050); it may still reject while the list is
       publicised, not after it is confirmed.
    4. The agreement is signed in its current version, and only after the publicised list is
       confirmed (P1-063, P1-064, P2-051). Signing enrols, in the same instant.
    5. The pupil's own assent counts beside the guardian's: no application without it where the
       plan asks for it, and taken back it ends what is open or signed (P1-060, P2-005). A class
       teacher's review is asked for where the policy says so; it decides nothing.
    6. What follows the signature is in ``placement``. An open application lapses when the pupil
       leaves the school's register.
    7. Repeating a step changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.agreements import (
    AgreementSigned,
    ResponsibilityLetterSigned,
    StudentEnrolled,
)
from contracts.enrollment.applications import (
    ApplicationAccepted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationReviewed,
    ApplicationSubmitted,
    ParticipationDeclined,
    PupilAssentRecorded,
)
from contracts.enrollment.placement import EnrolmentResumed, EnrolmentSuspended, StudentWithdrawn
from services.enrollment.application.domain import errors, placement
from services.enrollment.application.domain.commands import (
    AcceptApplication,
    Command,
    DeclineParticipation,
    Form,
    LeaveSchool,
    RecordPupilAssent,
    RejectApplication,
    ReviewApplication,
    SignAgreement,
    SubmitApplication,
)
from services.enrollment.application.domain.enrolling import check_form, sign
from services.enrollment.application.domain.events import ApplicationEvent
from services.enrollment.application.domain.placement import (
    Enrolled,
    PlacementCommand,
    ResumeEnrolment,
    SuspendEnrolment,
    Withdrawn,
    WithdrawStudent,
)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The family has not answered."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The family does not take part."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The school has not decided yet; ``reviewed`` by the class teacher, ``assents``: the pupil."""

    form: Form
    reviewed: bool = False
    assents: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The school consents; the list and the agreement are still to come."""

    form: Form
    assents: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """The school does not consent."""

    form: Form


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The pupil left the school before the agreement was signed."""


Application: TypeAlias = (
    Unanswered | Declined | Submitted | Accepted | Rejected | Lapsed | Enrolled | Withdrawn
)


def decide(state: Application, command: Command | PlacementCommand) -> list[ApplicationEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case SubmitApplication():
            return _submit(state, command)
        case DeclineParticipation():
            return _decline(state, command)
        case AcceptApplication():
            return _accept(state, command)
        case RejectApplication():
            return _reject(state, command)
        case SignAgreement():
            return _sign(state, command)
        case ReviewApplication():
            return _review(state, command)
        case RecordPupilAssent():
            return _record_assent(state, command)
        case LeaveSchool():
            return _leave(state, command)
        case WithdrawStudent() | SuspendEnrolment() | ResumeEnrolment():
            return _after_signing(state, command)
        case _:
            assert_never(command)


def evolve(state: Application, event: ApplicationEvent) -> Application:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case ApplicationSubmitted():
            return Submitted(_form(event))
        case ParticipationDeclined():
            return Declined()
        case ApplicationAccepted() if isinstance(state, Submitted):
            return Accepted(state.form, state.assents)
        case PupilAssentRecorded() if isinstance(state, Submitted | Accepted):
            return replace(state, assents=event.assents)
        case ApplicationReviewed() if isinstance(state, Submitted):
            return replace(state, reviewed=True)
        case ApplicationRejected() if isinstance(state, Submitted | Accepted):
            return Rejected(state.form)
        case StudentEnrolled() if isinstance(state, Accepted):
            return Enrolled(state.form, event.starts_on, event.ends_on)
        case ApplicationLapsed():
            return Lapsed()
        case StudentWithdrawn() | EnrolmentSuspended() | EnrolmentResumed():
            return placement.evolve(state, event) if isinstance(state, Enrolled) else state
        case AgreementSigned() | ApplicationAccepted() | ApplicationRejected() | StudentEnrolled():
            return state
        case PupilAssentRecorded() | ApplicationReviewed() | ResponsibilityLetterSigned():
            return state
        case _:
            assert_never(event)


APPLICATION: Decider[Application, Command | PlacementCommand, ApplicationEvent] = Decider(
    Unanswered(), decide, evolve
)


def _form(event: ApplicationSubmitted) -> Form:
    return Form(
        application_id=event.application_id,
        school_id=event.school_id,
        student_id=event.student_id,
        term_id=event.term_id,
        guardian_id=event.guardian_id,
        service_kinds=event.service_kinds,
    )


def _submit(state: Application, command: SubmitApplication) -> list[ApplicationEvent]:
    form = command.form
    match state:
        case Enrolled():
            raise errors.AlreadyEnrolled()
        case Submitted(form=current) | Accepted(form=current):
            if current.service_kinds == form.service_kinds:
                return []
            raise errors.AlreadyApplied()
        case Unanswered() | Declined() | Rejected() | Lapsed() | Withdrawn():
            check_form(command)
        case _:
            assert_never(state)
    submitted = ApplicationSubmitted(
        application_id=form.application_id,
        school_id=form.school_id,
        student_id=form.student_id,
        term_id=form.term_id,
        guardian_id=form.guardian_id,
        service_kinds=form.service_kinds,
    )
    return [submitted, _assent(form, assents=True)] if command.pupil_assents else [submitted]


def _decline(state: Application, command: DeclineParticipation) -> list[ApplicationEvent]:
    if isinstance(state, Declined | Withdrawn):
        return []
    if isinstance(state, Enrolled):
        raise errors.AlreadyEnrolled("declining")
    return [
        ParticipationDeclined(
            school_id=command.school_id,
            student_id=command.student_id,
            term_id=command.term_id,
            guardian_id=command.guardian_id,
        )
    ]


def _accept(state: Application, command: AcceptApplication) -> list[ApplicationEvent]:
    match state:
        case Submitted(form=form) if form.application_id == command.application_id:
            if command.review_needed and not state.reviewed:
                raise errors.ReviewMissing()
            return [
                ApplicationAccepted(
                    application_id=form.application_id,
                    student_id=form.student_id,
                    term_id=form.term_id,
                )
            ]
        case Accepted(form=form) | Enrolled(form=form) if (
            form.application_id == command.application_id
        ):
            return []
        case _:
            raise _closed()


def _reject(state: Application, command: RejectApplication) -> list[ApplicationEvent]:
    match state:
        case Rejected(form) if form.application_id == command.application_id:
            return []
        case Submitted(form=form) | Accepted(form=form) if (
            form.application_id == command.application_id
        ):
            if command.listing == "confirmed":
                raise errors.AlreadyConfirmed()
            return [
                ApplicationRejected(
                    application_id=form.application_id,
                    student_id=form.student_id,
                    term_id=form.term_id,
                )
            ]
        case _:
            raise _closed()


def _sign(state: Application, command: SignAgreement) -> list[ApplicationEvent]:
    match state:
        case Enrolled(form=form) if form.application_id == command.application_id:
            return []
        case Submitted(form=form) if form.application_id == command.application_id:
            raise errors.NotAccepted()
        case Accepted(form=form) if form.application_id == command.application_id:
            return sign(form, command)
        case _:
            raise _closed()


def _review(state: Application, command: ReviewApplication) -> list[ApplicationEvent]:
    match state:
        case Submitted(form=form) if form.application_id == command.application_id:
            return [
                ApplicationReviewed(
                    application_id=form.application_id,
                    student_id=form.student_id,
                    term_id=form.term_id,
                    recommended=command.recommended,
                )
            ]
        case _:
            raise _closed()


def _record_assent(state: Application, command: RecordPupilAssent) -> list[ApplicationEvent]:
    match state:
        case Submitted(form=form) | Accepted(form=form) if (
            form.application_id == command.application_id
        ):
            if command.assents:
                return [] if state.assents else [_assent(form, assents=True)]
            declined = ParticipationDeclined(
                school_id=form.school_id,
                student_id=form.student_id,
                term_id=form.term_id,
                guardian_id=form.guardian_id,
            )
            return [_assent(form, assents=False), declined]
        case Enrolled(form=form) if form.application_id == command.application_id:
            if command.assents:
                return []
            return [_assent(form, assents=False), *placement.leave(state, command.today)]
        case _:
            raise _closed()


def _assent(form: Form, *, assents: bool) -> PupilAssentRecorded:
    return PupilAssentRecorded(
        application_id=form.application_id,
        student_id=form.student_id,
        term_id=form.term_id,
        assents=assents,
    )


def _leave(state: Application, command: LeaveSchool) -> list[ApplicationEvent]:
    match state:
        case Submitted(form=form) | Accepted(form=form) if (
            command.effective_on <= command.term_ends
        ):
            return [
                ApplicationLapsed(
                    application_id=form.application_id,
                    school_id=form.school_id,
                    student_id=form.student_id,
                    term_id=form.term_id,
                )
            ]
        case Enrolled():
            return [*placement.leave(state, command.effective_on)]
        case _:
            return []


def _after_signing(state: Application, command: PlacementCommand) -> list[ApplicationEvent]:
    match state:
        case Enrolled(form=form) | Withdrawn(form=form) if (
            form.application_id == command.application_id
        ):
            return [*placement.decide(state, command)]
        case _:
            raise errors.NotEnrolled()


def _closed() -> errors.ApplicationClosed:
    return errors.ApplicationClosed()
