"""The content of an offering's sessions."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts.enrollment.vocabulary import CONTENT_KINDS
from contracts.shapes import Id, Length, OneOf, command, event, query, reply, request


@event
class SessionContentSubmitted:
    """What is planned for one day; the description is in the vault."""

    offering_id: Id
    on: date
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    teacher_id: Id


@event
class SessionContentApproved:
    """The school's guidance is in the vault."""

    offering_id: Id
    on: date


@event
class SessionContentReturned:
    """The content of a session is to be reworked; why is in the vault."""

    offering_id: Id
    on: date


@event
class SessionSubstituted:
    """Another teacher, or other content; it is reviewed anew."""

    offering_id: Id
    on: date
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    teacher_id: Id


@request(component="enrollment.SubmitSessionContent")
class SubmitSessionContent:
    """By the teacher of the offering."""

    offering_id: Id
    on: date
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    description: Annotated[str, Length(1, 2000)]
    curriculum_ref: Annotated[str, Length(0, 200)] | None = None


@request(component="enrollment.SubstituteSession")
class SubstituteSession:
    """Another teacher, or other content, for one day."""

    offering_id: Id
    on: date
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    description: Annotated[str, Length(1, 2000)]
    curriculum_ref: Annotated[str, Length(0, 200)] | None = None
    teacher_id: Id


@request(component="enrollment.ApproveSessionContent")
class ApproveSessionContent:
    """``guidance`` is the school's advice to the teacher."""

    offering_id: Id
    on: date
    guidance: Annotated[str, Length(0, 2000)] = ""


@request(component="enrollment.ReturnSessionContent")
class ReturnSessionContent:
    offering_id: Id
    on: date
    reason: Annotated[str, Length(1, 1000)]


@request
class ListSessionContents:
    offering_id: Id


@reply
class SessionContent:
    """What is to be done on one day of an offering."""

    on: date
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    description: Annotated[str, Length(1, 2000)]
    curriculum_ref: Annotated[str, Length(0, 200)] | None = None


@reply
class Content:
    offering_id: str
    on: str
    content_kind: str
    teacher_id: str
    standing: str
    substituted: bool


@reply
class ContentLine(Content):
    description: str | None
    guidance: str | None
    reason: str | None
    may_run: bool


@reply
class Contents:
    items: tuple[ContentLine, ...]


LIST_SESSION_CONTENTS = query(
    "list_session_contents",
    "/offerings/{offering_id}/sessions",
    "List the planned sessions of an offering",
    ListSessionContents,
    Contents,
    roles=("teacher", "school_office", "bureau"),
)
SUBMIT_SESSION_CONTENT = command(
    "submit_session_content",
    "/offerings/{offering_id}/sessions",
    "Submit what is to be done on one day",
    SubmitSessionContent,
    Content,
    roles=("teacher", "school_office"),
)
SUBSTITUTE_SESSION = command(
    "substitute_session",
    "/offerings/{offering_id}/sessions:substitute",
    "Give a day to another teacher or other content",
    SubstituteSession,
    Content,
    roles=("school_office",),
)
APPROVE_SESSION_CONTENT = command(
    "approve_session_content",
    "/offerings/{offering_id}/sessions:approve",
    "Approve a session's content, with guidance",
    ApproveSessionContent,
    Content,
    roles=("school_office",),
)
RETURN_SESSION_CONTENT = command(
    "return_session_content",
    "/offerings/{offering_id}/sessions:return",
    "Return a session's content with a reason",
    ReturnSessionContent,
    Content,
    roles=("school_office",),
)
