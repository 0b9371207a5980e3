"""Districts, schools, terms, classes and staff."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts import roles
from contracts.enrollment.vocabulary import AREAS, PROFILES, SCHOOL_TYPES, STAFF_KINDS, STAGES
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Slug,
    command,
    earlier,
    event,
    query,
    reply,
    request,
)


@event(version=2)
class SchoolRegistered:
    """``school_type`` is null where nobody said it (P2-011)."""

    school_id: Id
    district_id: Id
    name: str
    profile: Annotated[str, OneOf(PROFILES)]
    stage: Annotated[str, OneOf(("primary", "junior"))]
    area: Annotated[str, OneOf(AREAS)]
    school_type: Annotated[str, OneOf(SCHOOL_TYPES)] | None = None


@event
class ClassOpened:
    """``name`` is "三年级2班"; grades run from 1 to 9."""

    class_id: Id
    school_id: Id
    grade: int
    name: str


@event
class TermOpened:
    """A term of a school, with its first and last day."""

    term_id: Id
    school_id: Id
    name: str
    first_day: date
    last_day: date


@event
class StaffRegistered:
    """A person of a kind that may take part; the name is in the vault."""

    staff_id: Id
    school_id: Id
    kind: Annotated[str, OneOf(STAFF_KINDS)]


@earlier(SchoolRegistered, version=1, upcast=lambda data: {**data, "school_type": None})
class SchoolRegisteredWithoutType:
    """``SchoolRegistered`` as it was before schools had a type (version 1)."""

    school_id: Id
    district_id: Id
    name: str
    profile: Annotated[str, OneOf(PROFILES)]
    stage: Annotated[str, OneOf(("primary", "junior"))]
    area: Annotated[str, OneOf(AREAS)]


@request
class RegisterSchool:
    school_id: Slug
    name: Annotated[str, Length(1, 80)]
    district_id: Id
    stage: Annotated[str, OneOf(STAGES)]
    area: Annotated[str, OneOf(AREAS)]
    school_type: Annotated[str, OneOf(SCHOOL_TYPES)] | None = None


@request
class OpenTerm:
    school_id: Id
    name: Annotated[str, Length(1, 80)]
    first_day: date
    last_day: date


@request
class RegisterStaff:
    school_id: Id
    staff_id: Slug | None = None
    name: Annotated[str, Length(1, 80)]
    kind: Annotated[str, OneOf(STAFF_KINDS)]


@request
class ListSchools:
    district_id: Id | None = None


@request
class GetSchool:
    school_id: Id


@request
class GetPublicService:
    school_id: Id


@request
class ListTerms:
    school_id: Id


@request
class ListClasses:
    school_id: Id


@request
class ListStaff:
    school_id: Id


@reply
class PublicDisclosure:
    mode: str
    content: str
    safety_measures: str
    text_sha256: str


@reply
class PublicOffering:
    offering_id: str
    title: str
    service_kind: str
    content_kind: str
    part: str
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: str
    ends: str
    capacity: int
    waiting: int
    free: int
    is_free: bool


@reply
class PublicTerm:
    """``standing`` of the plan, ``none`` before it is begun; ``disclosure`` null before it."""

    term_id: str
    name: str
    first_day: str
    last_day: str
    standing: str
    applications_open: bool
    disclosure: PublicDisclosure | None
    offerings: tuple[PublicOffering, ...]


@reply
class PublicService:
    """Terms that run or come next, the nearest first."""

    school_id: str
    name: str
    stage: str
    area: str
    district_name: str
    terms: tuple[PublicTerm, ...]


@reply
class School:
    school_id: str
    district_id: str
    name: str
    profile: str
    stage: str
    area: str
    school_type: str | None


@reply
class Term:
    term_id: str
    school_id: str
    name: str
    first_day: str
    last_day: str


@reply
class SchoolClass:
    class_id: str
    school_id: str
    grade: int
    name: str
    students: int


@reply
class Schools:
    items: tuple[School, ...]


@reply
class Terms:
    items: tuple[Term, ...]


@reply
class Classes:
    items: tuple[SchoolClass, ...]


@reply
class Staff:
    staff_id: str
    school_id: str
    kind: str


@reply
class StaffMember(Staff):
    name: str | None


@reply
class StaffMembers:
    items: tuple[StaffMember, ...]


LIST_SCHOOLS = query(
    "list_schools",
    "/schools{?district_id}",
    "List schools",
    ListSchools,
    Schools,
    roles=roles.ANYBODY,
)
REGISTER_SCHOOL = command(
    "register_school",
    "/schools",
    "Register a school",
    RegisterSchool,
    School,
    roles=("operator",),
)
GET_SCHOOL = query(
    "get_school",
    "/schools/{school_id}",
    "Show a school",
    GetSchool,
    School,
    roles=roles.ANYBODY,
)
GET_PUBLIC_SERVICE = query(
    "get_public_service",
    "/schools/{school_id}/service",
    "Show what the public reads of a school's service",
    GetPublicService,
    PublicService,
    roles=roles.ANYBODY,
)
LIST_TERMS = query(
    "list_terms",
    "/schools/{school_id}/terms",
    "List a school's terms",
    ListTerms,
    Terms,
    roles=roles.ANYBODY,
)
OPEN_TERM = command(
    "open_term",
    "/schools/{school_id}/terms",
    "Open a term",
    OpenTerm,
    Term,
    roles=("school_office",),
)
LIST_CLASSES = query(
    "list_classes",
    "/schools/{school_id}/classes",
    "List a school's classes",
    ListClasses,
    Classes,
    roles=roles.ANYBODY,
)
LIST_STAFF = query(
    "list_staff",
    "/schools/{school_id}/staff",
    "List a school's registered staff by name",
    ListStaff,
    StaffMembers,
    roles=("school_office", "bureau"),
)
REGISTER_STAFF = command(
    "register_staff",
    "/schools/{school_id}/staff",
    "Register a member of staff",
    RegisterStaff,
    Staff,
    roles=("school_office",),
)
