"""Applying for a pupil, or saying no; the school's decision."""

from __future__ import annotations

from typing import Annotated

from contracts.enrollment.people import Days
from contracts.enrollment.vocabulary import APPLICATION_STATES, SERVICE_KINDS
from contracts.shapes import Id, Length, OneOf, Page, command, event, query, reply, request


@event
class PupilAssentRecorded:
    """The pupil's own will, beside the guardian's (P2-005); "no" ends what is open or signed."""

    application_id: Id
    student_id: Id
    term_id: Id
    assents: bool


@event
class ApplicationReviewed:
    """The class teacher's view; the note is in the vault."""

    application_id: Id
    student_id: Id
    term_id: Id
    recommended: bool


@event
class ApplicationSubmitted:
    """A guardian applies for a pupil, for one term."""

    application_id: Id
    school_id: Id
    student_id: Id
    term_id: Id
    guardian_id: Id
    service_kinds: Annotated[tuple[Annotated[str, OneOf(SERVICE_KINDS)], ...], Length(1, 7)]


@event
class ParticipationDeclined:
    """The answer "not take part", one like any other (P1-060); it also ends an open application."""

    school_id: Id
    student_id: Id
    term_id: Id
    guardian_id: Id


@event
class ApplicationAccepted:
    """The school accepts; the name goes onto the next publicised list."""

    application_id: Id
    student_id: Id
    term_id: Id


@event
class ApplicationRejected:
    """The reason is in the vault, under the application's id."""

    application_id: Id
    student_id: Id
    term_id: Id


@event
class ApplicationLapsed:
    """An application ended before its agreement was signed, because the pupil left the school."""

    application_id: Id
    school_id: Id
    student_id: Id
    term_id: Id


@request
class SubmitApplication:
    """``pupil_assents``: whether the pupil wants to; needed where the plan asks for it (P2-005)."""

    school_id: Id
    student_id: Id
    term_id: Id
    service_kinds: Annotated[tuple[Annotated[str, OneOf(SERVICE_KINDS)], ...], Length(1, 7)]
    pupil_assents: bool | None = None


@request
class ReviewApplication:
    """The class teacher's view, with a note for the office."""

    application_id: Id
    recommended: bool
    note: Annotated[str, Length(0, 1000)] = ""


@request
class RecordPupilAssent:
    """What the pupil says now; "no" ends what is open or signed."""

    application_id: Id
    assents: bool


@request
class DeclineParticipation:
    school_id: Id
    student_id: Id
    term_id: Id


@request
class RejectApplication:
    """``reason`` is for the family; it is kept in the vault, never in an event."""

    application_id: Id
    reason: Annotated[str, Length(1, 1000)]


@request
class ListApplications(Page):
    school_id: Id
    state: Annotated[str, OneOf(APPLICATION_STATES)] | None = None
    term_id: Id | None = None


@request
class GetApplication:
    application_id: Id


@request
class AcceptApplication:
    application_id: Id


@reply
class Application(Days):
    """``reason`` says why it was rejected, withdrawn or suspended; null if nobody said.

    ``class_review``: recommended or advised_against, null before the class teacher's review;
    ``review_note`` is what the teacher says to the office about it, null for everybody else.
    """

    application_id: str
    school_id: str
    student_id: str
    student_name: str
    class_id: str
    class_name: str
    term_id: str
    guardian_id: str
    service_kinds: tuple[str, ...]
    state: str
    submitted_at: str
    publicity_id: str | None
    reason: str | None
    pupil_assents: bool | None
    class_review: str | None
    review_note: str | None


@reply
class Applications:
    items: tuple[Application, ...]
    next: str | None


@reply
class ApplicationState:
    """What a command on an application answers."""

    application_id: str
    school_id: str
    student_id: str
    term_id: str
    state: str


LIST_APPLICATIONS = query(
    "list_applications",
    "/schools/{school_id}/applications",
    "List a school's applications",
    ListApplications,
    Applications,
    roles=("teacher", "school_office", "school_finance", "bureau"),
    reads=("school_id", "enrolment"),
)
SUBMIT_APPLICATION = command(
    "submit_application",
    "/schools/{school_id}/applications",
    "Apply for a pupil",
    SubmitApplication,
    ApplicationState,
    roles=("guardian",),
)
DECLINE_PARTICIPATION = command(
    "decline_participation",
    "/schools/{school_id}/applications:decline",
    "Say that a pupil does not take part",
    DeclineParticipation,
    ApplicationState,
    roles=("guardian",),
)
GET_APPLICATION = query(
    "get_application",
    "/applications/{application_id}",
    "Show an application",
    GetApplication,
    Application,
    roles=("guardian", "school_office", "school_finance", "bureau"),
    reads=("student_id", "enrolment"),
)
REVIEW_APPLICATION = command(
    "review_application",
    "/applications/{application_id}/review",
    "Give the class teacher's view of an application",
    ReviewApplication,
    ApplicationState,
    roles=("teacher", "school_office"),
)
RECORD_PUPIL_ASSENT = command(
    "record_pupil_assent",
    "/applications/{application_id}/assent",
    "Record what the pupil says; no ends what is open or signed",
    RecordPupilAssent,
    ApplicationState,
    roles=("guardian", "teacher", "school_office"),
)
ACCEPT_APPLICATION = command(
    "accept_application",
    "/applications/{application_id}/accept",
    "Accept an application",
    AcceptApplication,
    ApplicationState,
    roles=("school_office",),
)
REJECT_APPLICATION = command(
    "reject_application",
    "/applications/{application_id}/reject",
    "Reject an application with a reason for the family",
    RejectApplication,
    ApplicationState,
    roles=("school_office",),
)
