"""Screenings of staff, and the responsibility statement."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts import roles
from contracts.shapes import (
    Id,
    Length,
    Nothing,
    OneOf,
    Sha256,
    command,
    event,
    query,
    reply,
    request,
)

RESULTS = ("clear", "barred")
SIGNED_BY = ("staff", "office")


@event
class StaffScreened:
    """A member of staff was checked (P1-031, P2-060); a bar has no ``valid_until``.

    ``barred`` stands until a clear check of a later day. Each event replaces the one before.
    """

    staff_id: Id
    school_id: Id
    result: Annotated[str, OneOf(RESULTS)]
    checked_on: date
    valid_until: date | None


@event
class ResponsibilityStatementSigned:
    """The responsibility statement was signed for a term, or the office recorded the paper."""

    staff_id: Id
    school_id: Id
    term_id: Id
    statement_version: str
    text_sha256: Sha256
    by: Annotated[str, OneOf(SIGNED_BY)]


@request(component="safety.RecordScreening")
class RecordScreening:
    """``valid_until`` is needed for ``clear``; a bar has no end, so it is not kept for one.

    ``note`` is free text; it is kept in the vault, never in an event.
    """

    school_id: Id
    staff_id: Id
    result: Annotated[str, OneOf(RESULTS)]
    checked_on: date
    valid_until: date | None = None
    note: Annotated[str, Length(1, 2000)] | None = None


@request(component="safety.SignResponsibilityStatement")
class SignResponsibilityStatement:
    """The person signs by sending it; the office records a paper and says so in ``evidence``.

    ``evidence`` is free text; it is kept in the vault, never in an event.
    """

    school_id: Id
    staff_id: Id
    term_id: Id
    statement_version: Annotated[str, Length(1, 40)]
    evidence: Annotated[str, Length(1, 2000)] | None = None


@request
class ListStaffFitness:
    """Statements are signed for a term."""

    school_id: Id
    term_id: Id


@reply
class ScreeningRecorded:
    """Answer of ``record_screening``."""

    staff_id: str
    school_id: str
    result: str
    checked_on: str
    valid_until: str | None


@reply
class StatementSigned:
    """Answer of ``sign_responsibility_statement``."""

    staff_id: str
    school_id: str
    term_id: str
    statement_version: str
    text_sha256: str
    by: Annotated[str, OneOf(SIGNED_BY)]


@reply
class ResponsibilityStatement:
    """The statement in force today."""

    statement_version: str
    effective_from: str
    text: str
    text_sha256: str


@reply
class StaffFitness:
    """``screened``: clear and still valid today. ``result`` is null where nobody was checked."""

    staff_id: str
    kind: str
    result: str | None
    checked_on: str | None
    valid_until: str | None
    screened: bool
    statement_version: str | None
    statement_signed: bool


@reply
class StaffFitnessList:
    """Every registered member of staff of a school."""

    items: tuple[StaffFitness, ...]


RECORD_SCREENING = command(
    "record_screening",
    "/schools/{school_id}/staff/{staff_id}/screening",
    "Record the result of screening a member of staff",
    RecordScreening,
    ScreeningRecorded,
    roles=("school_office",),
)
SIGN_RESPONSIBILITY_STATEMENT = command(
    "sign_responsibility_statement",
    "/schools/{school_id}/staff/{staff_id}/responsibility-statement",
    "Sign the responsibility statement for a term, or record the signed paper",
    SignResponsibilityStatement,
    StatementSigned,
    roles=roles.SCHOOL,
)
LIST_STAFF_FITNESS = query(
    "list_staff_fitness",
    "/schools/{school_id}/staff-fitness",
    "List who is screened and who has signed for a term",
    ListStaffFitness,
    StaffFitnessList,
    roles=("school_office", "bureau"),
)
GET_RESPONSIBILITY_STATEMENT = query(
    "get_responsibility_statement",
    "/responsibility-statement",
    "Show the responsibility statement in force",
    Nothing,
    ResponsibilityStatement,
    roles=(*roles.SCHOOL, "bureau"),
)
