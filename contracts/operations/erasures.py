"""Erasure of a person's data, on the grounds that the law knows; never to be undone."""

from __future__ import annotations

from typing import Annotated

from contracts.shapes import Id, Instant, Length, OneOf, Range, command, event, reply, request

GROUNDS = ("guardian-request", "retention", "court-order", "error")
SUBJECT_KINDS = ("student", "guardian", "staff", "receiver", "other")


@event
class PersonalDataErased:
    """A person's key was destroyed; ``signature`` (base64) covers the other fields."""

    operation_id: Id
    subject_id: Id
    subject_kind: Annotated[str, OneOf(SUBJECT_KINDS)]
    grounds: Annotated[str, OneOf(GROUNDS)]
    erased_at: Annotated[str, Instant()]
    fields: Annotated[int, Range(0)]
    key_id: Id
    signature: Annotated[str, Length(88, 88)]


@request
class ErasePerson:
    """Whose data are erased in which school, on what grounds; never to be undone.

    ``reason`` is kept for the audit; do not write the person's name into it.
    """

    person_id: Id
    school_id: Id
    kind: Annotated[str, OneOf(SUBJECT_KINDS)] = "student"
    grounds: Annotated[str, OneOf(GROUNDS)]
    reason: Annotated[str, Length(3, 500)]
    dry_run: bool = False


@reply
class ErasedIn:
    """What one service did, or would do: ``subjects`` counts the keys destroyed."""

    service: str
    person_id: str
    subjects: int
    already_erased: bool
    dry_run: bool
    event: dict[str, object] | None


@reply
class Erased:
    """What every service did, and how many accounts of the person were closed."""

    person_id: str
    services: tuple[ErasedIn, ...]
    accounts_closed: int


ERASE_PERSON = command(
    "erase_person",
    "/ops/persons/{person_id}/erase",
    "Erase what the platform holds about a person, for good",
    ErasePerson,
    ErasedIn,
    roles=("operator",),
)
