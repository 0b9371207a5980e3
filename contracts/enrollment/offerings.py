"""Venues and offerings."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from contracts import roles
from contracts.enrollment.vocabulary import CONTENT_KINDS, SERVICE_KINDS, Word
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Pattern,
    Range,
    Slug,
    command,
    event,
    query,
    reply,
    request,
)

VENUE_KINDS = ("classroom", "special_room", "playground", "gym", "library", "canteen", "other")
Hour: TypeAlias = Annotated[str, Pattern(r"([01]\d|2[0-3]):[0-5]\d\Z")]


@event
class VenueRegistered:
    """Again for the same venue: corrected."""

    venue_id: Id
    school_id: Id
    name: str
    kind: str
    capacity: int
    equipment: tuple[str, ...]
    accountable_id: Id


@event
class OfferingProposed:
    """``weekdays`` are ISO weekdays; ``provider_of_record`` is the school, whoever teaches."""

    offering_id: Id
    school_id: Id
    term_id: Id
    title: str
    service_kind: Annotated[str, OneOf(SERVICE_KINDS)]
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    subject: str | None
    teacher_id: Id
    venue_id: Id
    capacity: int
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: Hour
    ends: Hour
    provider_of_record: Id
    taught_by: str


@event
class OfferingAmended:
    """What an offering is and when, as it stands now; all of it, not the difference."""

    offering_id: Id
    title: str
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    subject: str | None
    teacher_id: Id
    venue_id: Id
    capacity: int
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: Hour
    ends: Hour


@event
class OfferingReturned:
    """By the bureau; the reason is in the vault."""

    offering_id: Id


@event
class OfferingOpened:
    """Families can choose it."""

    offering_id: Id


@event
class OfferingClosed:
    """An offering takes place no more."""

    offering_id: Id


@request(component="enrollment.RegisterVenue")
class RegisterVenue:
    """The same id again corrects the venue; ``accountable_id`` answers for it."""

    school_id: Id
    venue_id: Slug | None = None
    name: Annotated[str, Length(1, 80)]
    kind: Annotated[str, OneOf(VENUE_KINDS)]
    capacity: Annotated[int, Range(0, 5000)]
    equipment: tuple[Annotated[str, Length(1, 80)], ...] = ()
    accountable_id: Id


@request(component="enrollment.ProposeOffering")
class ProposeOffering:
    """``taught_by``: ``school``, or the id of an admitted provider that teaches for the school."""

    term_id: Id
    title: Annotated[str, Length(1, 80)]
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    subject: Word | None = None
    teacher_id: Id
    venue_id: Id
    capacity: Annotated[int, Range(0, 5000)]
    grades: Annotated[tuple[Annotated[int, Range(1, 9)], ...], Length(1, 9)]
    weekdays: Annotated[tuple[Annotated[int, Range(1, 7)], ...], Length(1, 7)]
    starts: Hour
    ends: Hour
    curriculum_ref: Annotated[str, Length(0, 200)] | None = None
    service_kind: Annotated[str, OneOf(SERVICE_KINDS)]
    taught_by: Id = "school"


@request(component="enrollment.AmendOffering")
class AmendOffering:
    """All terms; the kind of service does not change."""

    offering_id: Id
    title: Annotated[str, Length(1, 80)]
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    subject: Word | None = None
    teacher_id: Id
    venue_id: Id
    capacity: Annotated[int, Range(0, 5000)]
    grades: Annotated[tuple[Annotated[int, Range(1, 9)], ...], Length(1, 9)]
    weekdays: Annotated[tuple[Annotated[int, Range(1, 7)], ...], Length(1, 7)]
    starts: Hour
    ends: Hour
    curriculum_ref: Annotated[str, Length(0, 200)] | None = None


@request(component="enrollment.ReturnOffering")
class ReturnOffering:
    offering_id: Id
    reason: Annotated[str, Length(1, 1000)]


@request
class ListOfferings:
    """For guardians: those that are open."""

    term_id: Id


@request
class ListVenues:
    school_id: Id


@request
class OpenOffering:
    offering_id: Id


@request
class CloseOffering:
    offering_id: Id


@reply
class OfferingTerms:
    """What an offering is. ``curriculum_ref`` can be said so that it can be refused (P1-037)."""

    title: Annotated[str, Length(1, 80)]
    content_kind: Annotated[str, OneOf(CONTENT_KINDS)]
    subject: Word | None = None
    teacher_id: Id
    venue_id: Id
    capacity: Annotated[int, Range(0, 5000)]
    grades: Annotated[tuple[Annotated[int, Range(1, 9)], ...], Length(1, 9)]
    weekdays: Annotated[tuple[Annotated[int, Range(1, 7)], ...], Length(1, 7)]
    starts: Hour
    ends: Hour
    curriculum_ref: Annotated[str, Length(0, 200)] | None = None


@reply
class Venue:
    venue_id: str
    school_id: str
    name: str
    kind: str
    capacity: int
    equipment: tuple[str, ...]
    accountable_id: str


@reply
class VenueLine(Venue):
    """``taken``: when offerings of the term use it."""

    taken: tuple[dict[str, object], ...]


@reply
class Venues:
    items: tuple[VenueLine, ...]


@reply
class Offering:
    offering_id: str
    school_id: str
    term_id: str
    title: str
    service_kind: str
    content_kind: str
    part: str
    subject: str | None
    teacher_id: str
    venue_id: str
    capacity: int
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: str
    ends: str
    provider_of_record: str
    taught_by: str
    standing: str


@reply
class OfferingLine(Offering):
    """``free`` places now; ``is_free``: without charge (individual help).

    ``provider_removed``: the outside body that teaches it leaves or has left; the offering needs
    the school's attention and cannot be opened.
    """

    teacher_name: str | None
    venue_name: str
    held: int
    waiting: int
    free: int
    is_free: bool
    provider_removed: bool
    reason: str | None


@reply
class Offerings:
    items: tuple[OfferingLine, ...]


LIST_VENUES = query(
    "list_venues",
    "/schools/{school_id}/venues",
    "List a school's venues, their equipment and when they are used",
    ListVenues,
    Venues,
    roles=(*roles.SCHOOL, "bureau"),
)
REGISTER_VENUE = command(
    "register_venue",
    "/schools/{school_id}/venues",
    "Register a venue, or correct it",
    RegisterVenue,
    Venue,
    roles=("school_office",),
)
LIST_OFFERINGS = query(
    "list_offerings",
    "/terms/{term_id}/offerings",
    "List a term's offerings with free places",
    ListOfferings,
    Offerings,
    roles=roles.EVERYBODY,
)
PROPOSE_OFFERING = command(
    "propose_offering",
    "/terms/{term_id}/offerings",
    "Propose an offering",
    ProposeOffering,
    Offering,
    roles=("school_office",),
)
AMEND_OFFERING = command(
    "amend_offering",
    "/offerings/{offering_id}/amend",
    "Amend an offering",
    AmendOffering,
    Offering,
    roles=("school_office",),
)
RETURN_OFFERING = command(
    "return_offering",
    "/offerings/{offering_id}/return",
    "Return an offering to the school with a reason",
    ReturnOffering,
    Offering,
    roles=("bureau",),
)
OPEN_OFFERING = command(
    "open_offering",
    "/offerings/{offering_id}/open",
    "Open an offering to families",
    OpenOffering,
    Offering,
    roles=("school_office",),
)
CLOSE_OFFERING = command(
    "close_offering",
    "/offerings/{offering_id}/close",
    "Close an offering",
    CloseOffering,
    Offering,
    roles=("school_office",),
)
