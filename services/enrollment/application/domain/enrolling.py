"""The first and the last step of an application: the form, and the agreement that enrols."""

from __future__ import annotations

from contracts.enrollment.agreements import (
    AgreementSigned,
    ResponsibilityLetterSigned,
    StudentEnrolled,
)
from services.enrollment.application.domain import errors
from services.enrollment.application.domain.commands import Form, SignAgreement, SubmitApplication
from services.enrollment.application.domain.events import ApplicationEvent


def check_form(command: SubmitApplication) -> None:
    """Check what a guardian asks for.

    Raises:
        BusinessRuleViolation: the term is over, a kind of service is not offered, the pupil leaves
            the school or does not want to, or the school is not ready to take applications.
    """
    if command.leaves_on is not None and command.leaves_on <= command.term_ends:
        raise errors.StudentLeaving(leaves_on=command.leaves_on)
    if command.today > command.term_ends:
        raise errors.TermOver()
    _check_open(command)
    if command.pupil_assents is False or (command.assent_needed and not command.pupil_assents):
        raise errors.AssentMissing()
    missing = [kind for kind in command.form.service_kinds if kind not in command.offered]
    if missing:
        raise errors.ServiceKindNotOffered(missing=missing, offered=command.offered)


def _check_open(command: SubmitApplication) -> None:
    if not command.plan_in_force:
        raise errors.PlanNotInForce()
    if not command.disclosed:
        raise errors.NotDisclosed()


def sign(form: Form, command: SignAgreement) -> list[ApplicationEvent]:
    """Return the signature and, with it, the enrolment of an accepted application.

    Raises:
        BusinessRuleViolation: a step before it is missing, or another text is in force.
    """
    _check_order(command)
    return [
        AgreementSigned(
            application_id=form.application_id,
            student_id=form.student_id,
            term_id=form.term_id,
            guardian_id=command.guardian_id,
            agreement_version=command.agreement_version,
            text_sha256=command.text_sha256,
        ),
        ResponsibilityLetterSigned(
            application_id=form.application_id,
            student_id=form.student_id,
            term_id=form.term_id,
            guardian_id=command.guardian_id,
            letter_version=command.letter_version,
            text_sha256=command.letter_sha256,
        ),
        StudentEnrolled(
            application_id=form.application_id,
            school_id=form.school_id,
            student_id=form.student_id,
            class_id=command.class_id,
            term_id=form.term_id,
            service_kinds=form.service_kinds,
            starts_on=max(command.term_starts, command.today, command.vacant_from or command.today),
            ends_on=command.term_ends,
            plan_version=command.plan_version,
        ),
    ]


def _check_order(command: SignAgreement) -> None:
    if command.listing == "none":
        raise errors.NotPublicised()
    if command.listing == "published":
        raise errors.NotConfirmed()
    if command.agreement_version != command.current_version:
        raise errors.AgreementOutdated(current_version=command.current_version)
    if command.today > command.term_ends:
        raise errors.TermOver()
