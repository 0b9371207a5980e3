"""The custody agreement, and the enrolment that begins with it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts.enrollment.applications import ApplicationState
from contracts.enrollment.vocabulary import SERVICE_KINDS
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Sha256,
    command,
    earlier,
    event,
    query,
    reply,
    request,
)


@event
class ResponsibilityLetterSigned:
    """Signed with the agreement, each term (P1-100); the text names persons by id only."""

    application_id: Id
    student_id: Id
    term_id: Id
    guardian_id: Id
    letter_version: str
    text_sha256: Sha256


@event
class AgreementSigned:
    """``text_sha256`` is the hash of the agreement's text, which names persons by id only."""

    application_id: Id
    student_id: Id
    term_id: Id
    guardian_id: Id
    agreement_version: str
    text_sha256: Sha256


@event(version=2)
class StudentEnrolled:
    """From ``starts_on`` the pupil is on the roster of the service; ``ends_on`` is the last day.

    ``plan_version``: the approved version of the school-term plan under which it happens (P1-065).
    """

    application_id: Id
    school_id: Id
    student_id: Id
    class_id: Id
    term_id: Id
    service_kinds: Annotated[tuple[Annotated[str, OneOf(SERVICE_KINDS)], ...], Length(1, 7)]
    starts_on: date
    ends_on: date
    plan_version: int | None


@earlier(StudentEnrolled, version=1, upcast=lambda data: {**data, "plan_version": None})
class StudentEnrolledBeforePlans:
    """``StudentEnrolled`` as it was before an enrolment named its plan (version 1)."""

    application_id: Id
    school_id: Id
    student_id: Id
    class_id: Id
    term_id: Id
    service_kinds: Annotated[tuple[Annotated[str, OneOf(SERVICE_KINDS)], ...], Length(1, 7)]
    starts_on: date
    ends_on: date


@request
class SignAgreement:
    application_id: Id
    agreement_version: Annotated[str, Length(1, 40)]


@request
class GetAgreement:
    application_id: Id


@reply
class Agreement:
    """The text as it will be, or was, signed; ``parties`` adds the names to the ids in it.

    The letter of responsibility is signed in the same step; null where an agreement was signed
    before there were letters.
    """

    application_id: str
    agreement_version: str
    text: str
    text_sha256: str
    letter_version: str | None
    letter_text: str | None
    letter_sha256: str | None
    parties: dict[str, object]
    signed: bool


GET_AGREEMENT = query(
    "get_agreement",
    "/applications/{application_id}/agreement",
    "Show the agreement to sign",
    GetAgreement,
    Agreement,
    roles=("guardian", "school_office", "school_finance", "bureau"),
)
SIGN_AGREEMENT = command(
    "sign_agreement",
    "/applications/{application_id}/sign-agreement",
    "Sign the agreement; this enrols the pupil",
    SignAgreement,
    ApplicationState,
    roles=("guardian",),
)
