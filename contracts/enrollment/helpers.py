"""Pupil helpers: they assist and answer for nobody."""

from __future__ import annotations

from typing import Annotated

from contracts.shapes import Id, OneOf, command, event, query, reply, request

HELPER_ROLES = ("class_cadre", "pioneer_cadre", "league_cadre", "team_cadre")


@event
class PupilHelperAppointed:
    """A pupil helps in the term, accountable for nobody (P2-058)."""

    student_id: Id
    term_id: Id
    role: str


@event
class PupilHelperEnded:
    """The pupil no longer helps in that role."""

    student_id: Id
    term_id: Id
    role: str


@request(component="enrollment.PupilHelper")
class PupilHelper:
    """``role``: a cadre of the class, the Young Pioneers or the Youth League (P2-058)."""

    term_id: Id
    student_id: Id
    role: Annotated[str, OneOf(HELPER_ROLES)]


@request
class ListPupilHelpers:
    term_id: Id


@reply
class HelperRoles:
    student_id: str
    term_id: str
    roles: tuple[str, ...]


@reply
class HelperLine:
    student_id: str
    term_id: str
    role: str
    name: str


@reply
class Helpers:
    items: tuple[HelperLine, ...]


LIST_PUPIL_HELPERS = query(
    "list_pupil_helpers",
    "/terms/{term_id}/pupil-helpers",
    "List the pupils who help in a term",
    ListPupilHelpers,
    Helpers,
    roles=("teacher", "school_office", "bureau"),
    reads=("term_id", "helpers"),
)
APPOINT_PUPIL_HELPER = command(
    "appoint_pupil_helper",
    "/terms/{term_id}/pupil-helpers",
    "Appoint a pupil helper, accountable for nobody",
    PupilHelper,
    HelperRoles,
    roles=("teacher", "school_office"),
)
END_PUPIL_HELPER = command(
    "end_pupil_helper",
    "/terms/{term_id}/pupil-helpers:end",
    "End a pupil's help",
    PupilHelper,
    HelperRoles,
    roles=("guardian", "teacher", "school_office"),
)
