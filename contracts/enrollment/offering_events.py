"""Events of volunteering, venues, offerings, session content and places. Stored for ever."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from contracts.enrollment.vocabulary import CONTENT_KINDS, SERVICE_KINDS, ids, one_of
from contracts.shapes import Strict, identifier, sha256

HOUR = validate.Regexp(r"([01]\d|2[0-3]):[0-5]\d\Z")


def numbers() -> fields.List[Any]:
    """Return a required list of integers."""
    return fields.List(fields.Integer(strict=True), required=True)


def hour() -> fields.String:
    """Return a required field for a time of day, ``HH:MM``."""
    return fields.String(required=True, validate=HOUR)


class TeacherVolunteered(Strict):
    """The person's own consent to serve in a term."""

    staff_id = identifier()
    term_id = identifier()


class TeacherWithdrew(Strict):
    """The consent ends; ``effective_on`` is the first day without it."""

    staff_id = identifier()
    term_id = identifier()
    effective_on = fields.Date(required=True)


class VenueRegistered(Strict):
    """Again for the same venue: corrected."""

    venue_id = identifier()
    school_id = identifier()
    name = fields.String(required=True)
    kind = fields.String(required=True)
    capacity = fields.Integer(required=True, strict=True)
    equipment = fields.List(fields.String(), required=True)
    accountable_id = identifier()


class OfferingProposed(Strict):
    """``weekdays`` are ISO weekdays; ``provider_of_record`` is the school, whoever teaches."""

    offering_id = identifier()
    school_id = identifier()
    term_id = identifier()
    title = fields.String(required=True)
    service_kind = one_of(SERVICE_KINDS)
    content_kind = one_of(CONTENT_KINDS)
    subject = fields.String(required=True, allow_none=True)
    teacher_id = identifier()
    venue_id = identifier()
    capacity = fields.Integer(required=True, strict=True)
    grades = numbers()
    weekdays = numbers()
    starts = hour()
    ends = hour()
    provider_of_record = identifier()
    taught_by = fields.String(required=True)


class OfferingAmended(Strict):
    offering_id = identifier()
    title = fields.String(required=True)
    content_kind = one_of(CONTENT_KINDS)
    subject = fields.String(required=True, allow_none=True)
    teacher_id = identifier()
    venue_id = identifier()
    capacity = fields.Integer(required=True, strict=True)
    grades = numbers()
    weekdays = numbers()
    starts = hour()
    ends = hour()


class OfferingReturned(Strict):
    """By the bureau; the reason is in the vault."""

    offering_id = identifier()


class OfferingOpened(Strict):
    """Families can choose it."""

    offering_id = identifier()


class OfferingClosed(Strict):
    offering_id = identifier()


class SessionContentSubmitted(Strict):
    """What is planned for one day; the description is in the vault."""

    offering_id = identifier()
    on = fields.Date(required=True)
    content_kind = one_of(CONTENT_KINDS)
    teacher_id = identifier()


class SessionContentApproved(Strict):
    """The school's guidance is in the vault."""

    offering_id = identifier()
    on = fields.Date(required=True)


class SessionContentReturned(Strict):
    offering_id = identifier()
    on = fields.Date(required=True)


class SessionSubstituted(SessionContentSubmitted):
    """Another teacher, or other content; it is reviewed anew."""


class PriorityGranted(Strict):
    """The evidence and the notes on support are in the vault."""

    student_id = identifier()
    category = fields.String(required=True)


class OfferingsChosen(Strict):
    """A family's choices, best first; a later one replaces it."""

    student_id = identifier()
    term_id = identifier()
    offering_ids = ids()


class PlacesAllocated(Strict):
    """The seed and the hash of the input: anybody can repeat the allocation."""

    allocation_id = identifier()
    term_id = identifier()
    seed = fields.String(required=True)
    rule = one_of(("lottery", "arrival"))
    input_sha256 = sha256()
    pupils = fields.Integer(required=True, strict=True)
    placed = fields.Integer(required=True, strict=True)


class PlacesFilled(Strict):
    """What an allocation gave one offering, in the order of turns."""

    offering_id = identifier()
    allocation_id = identifier()
    capacity = fields.Integer(required=True, strict=True)
    student_ids = ids()
    waiting_ids = ids()


class PlaceTaken(Strict):
    offering_id = identifier()
    student_id = identifier()


class PupilWaitlisted(Strict):
    offering_id = identifier()
    student_id = identifier()


class PlaceOffered(Strict):
    """To the first who waits, until an instant."""

    offering_id = identifier()
    student_id = identifier()
    until = fields.AwareDateTime(required=True)


class PlaceExpired(Strict):
    offering_id = identifier()
    student_id = identifier()


class PlaceGivenUp(Strict):
    """A holder, or somebody who waits or has an offer, leaves."""

    offering_id = identifier()
    student_id = identifier()


class CapacityChanged(Strict):
    offering_id = identifier()
    capacity = fields.Integer(required=True, strict=True)


SCHEMAS = (
    TeacherVolunteered,
    TeacherWithdrew,
    VenueRegistered,
    OfferingProposed,
    OfferingAmended,
    OfferingReturned,
    OfferingOpened,
    OfferingClosed,
    SessionContentSubmitted,
    SessionContentApproved,
    SessionContentReturned,
    SessionSubstituted,
    PriorityGranted,
    OfferingsChosen,
    PlacesAllocated,
    PlacesFilled,
    PlaceTaken,
    PupilWaitlisted,
    PlaceOffered,
    PlaceExpired,
    PlaceGivenUp,
    CapacityChanged,
)
