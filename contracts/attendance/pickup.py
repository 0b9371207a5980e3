"""Who may fetch a child, and the one-time codes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from contracts.enrollment.vocabulary import RELATIONS as GUARDIAN_RELATIONS
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Pattern,
    Sha256,
    command,
    event,
    query,
    reply,
    request,
)

RELATIONS = (
    *GUARDIAN_RELATIONS,
    "grandfather",
    "grandmother",
    "sibling",
    "nanny",
    "neighbour",
)
"""What an adult who fetches a child is to the child."""


@event
class PickupAuthorised:
    """An adult may fetch a pupil; a later one for the same receiver replaces it."""

    authorisation_id: Id
    student_id: Id
    receiver_id: Id
    relation: Id
    valid_from: dt.date
    valid_to: dt.date | None


@event
class PickupRevoked:
    """The adult may no longer fetch the pupil, from this instant."""

    authorisation_id: Id
    student_id: Id
    receiver_id: Id


@event
class PickupCodeIssued:
    """A one-time code for pupil, receiver and day; replaces the receiver's earlier one."""

    code_id: Id
    student_id: Id
    receiver_id: Id
    code_hash: Sha256
    date: dt.date
    expires_at: dt.datetime


@request
class AuthorisePickup:
    """``name`` and ``phone`` are kept in the vault; valid from today until revoked if left out."""

    student_id: Id
    name: Annotated[str, Length(1, 60)]
    relation: Annotated[str, OneOf(RELATIONS)]
    phone: Annotated[str, Pattern(r"\A\+?[0-9][0-9 -]{5,19}\Z")]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@request
class IssuePickupCode:
    """The adult who will come today."""

    student_id: Id
    receiver_id: Id


@request
class FindCode:
    """The six digits shown at the gate."""

    school_id: Id
    code: Annotated[str, Length(1, 20)]


@request
class ListPickupAuthorisations:
    student_id: Id


@request
class RevokePickup:
    authorisation_id: Id


@request
class GetPickupCode:
    student_id: Id


@reply
class Authorisation:
    """``state``: valid, not_yet, expired or revoked. ``name`` is None for guardians."""

    authorisation_id: str
    student_id: str
    receiver_id: str
    relation: str
    valid_from: str
    valid_to: str | None
    state: str
    guardian: bool
    name: str | None
    phone: str | None


@reply
class Authorisations:
    """Who may fetch a pupil, and who no longer may."""

    student_id: str
    items: tuple[Authorisation, ...]


@reply
class Authorised:
    """Answer of ``authorise_pickup`` and ``revoke_pickup``."""

    authorisation_id: str
    student_id: str
    receiver_id: str
    state: str


@reply
class IssuedCode:
    """Answer of ``issue_pickup_code``; ``code`` is None once a newer one replaced it."""

    code_id: str
    student_id: str
    receiver_id: str
    expires_at: str
    code: str | None


@reply
class LiveCode:
    """A code that opens the gate now."""

    code_id: str
    receiver_id: str
    relation: str | None
    name: str | None
    code: str
    expires_at: str


@reply
class LiveCodes:
    """A pupil's live codes of today, newest first."""

    student_id: str
    date: str
    items: tuple[LiveCode, ...]


@reply
class FoundCode:
    """What stands behind six digits: green with ``ok``, else the ``reason`` code and its texts."""

    ok: bool
    reason: str | None
    detail: dict[str, str] | None
    student_id: str | None
    class_id: str | None
    receiver_id: str | None
    receiver_name: str | None
    relation: str | None


LIST_PICKUP_AUTHORISATIONS = query(
    "list_pickup_authorisations",
    "/students/{student_id}/pickup-authorisations",
    "List who may fetch a child",
    ListPickupAuthorisations,
    Authorisations,
    roles=("guardian", "teacher", "gate_guard", "school_office"),
    reads=("student_id", "pick-up"),
)
AUTHORISE_PICKUP = command(
    "authorise_pickup",
    "/students/{student_id}/pickup-authorisations",
    "Name an adult who may fetch a child",
    AuthorisePickup,
    Authorised,
    roles=("guardian",),
)
REVOKE_PICKUP = command(
    "revoke_pickup",
    "/pickup-authorisations/{authorisation_id}/revoke",
    "Say that an adult may no longer fetch a child",
    RevokePickup,
    Authorised,
    roles=("guardian", "school_office"),
)
GET_PICKUP_CODE = query(
    "get_pickup_code",
    "/students/{student_id}/pickup-codes",
    "Show a child's live codes of today",
    GetPickupCode,
    LiveCodes,
    roles=("guardian",),
    reads=("student_id", "pick-up"),
)
ISSUE_PICKUP_CODE = command(
    "issue_pickup_code",
    "/students/{student_id}/pickup-codes",
    "Make the one-time code of the adult who comes today",
    IssuePickupCode,
    IssuedCode,
    roles=("guardian",),
)
FIND_CODE = query(
    "find_code",
    "/schools/{school_id}/pickup-codes:find",
    "Show which child and adult a code stands for, or why it does not open",
    FindCode,
    FoundCode,
    roles=("teacher", "gate_guard"),
    posted=True,
    reads=("student_id", "pick-up"),
)
