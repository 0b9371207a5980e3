"""Pupils and their families."""

from __future__ import annotations

from typing import Annotated

from contracts import roles
from contracts.enrollment.policy import TwoLanguages
from contracts.enrollment.vocabulary import RELATIONS
from contracts.shapes import (
    Id,
    LeftOut,
    Length,
    Nothing,
    OneOf,
    Page,
    command,
    event,
    query,
    reply,
    request,
)

MAX_IDS = 500


@event
class StudentRegistered:
    """A pupil is on the register, also again after having left."""

    student_id: Id
    school_id: Id
    class_id: Id
    grade: int


@event
class StudentMoved:
    """A pupil changes class."""

    student_id: Id
    class_id: Id


@event
class StudentDetailsChanged:
    """Which details changed; the details themselves are in the vault."""

    student_id: Id
    fields: tuple[str, ...]


@event
class GuardianRegistered:
    """An adult is on the register; the name is in the vault."""

    guardian_id: Id


@event
class GuardianLinked:
    """An adult answers for a pupil."""

    guardian_id: Id
    student_id: Id
    relation: Annotated[str, OneOf(RELATIONS)]


@event
class GuardianBlocked:
    """The school keeps a guardian from a pupil; the proof is in the vault."""

    student_id: Id
    guardian_id: Id


@event
class GuardianUnblocked:
    """The block is lifted."""

    student_id: Id
    guardian_id: Id


@request
class BlockGuardian:
    """``proof``: the document that it stands on, or why it is lifted; kept in the vault."""

    student_id: Id
    guardian_id: Id
    proof: Annotated[str, Length(1, 1000)]


@request
class ListStudents(Page):
    school_id: Id
    class_id: Id | None = None


@request
class GetNames:
    ids: Annotated[tuple[Id, ...], Length(0, MAX_IDS)]


@request
class GetStudent:
    student_id: Id


@reply
class GuardianOf:
    guardian_id: str
    name: str
    relation: str
    blocked: bool


@reply
class BlockState:
    student_id: str
    guardian_id: str
    blocked: bool


@reply
class Student:
    """``name`` is masked for a bureau; ``guardians`` only in ``get_student``.

    ``left_on`` is the first day of a pupil who moves to another school off the lists.
    """

    student_id: str
    school_id: str
    class_id: str
    class_name: str
    grade: int
    name: str
    left_on: str | None
    guardians: Annotated[tuple[GuardianOf, ...] | None, LeftOut()] = None


@reply
class Students:
    items: tuple[Student, ...]
    next: str | None


@reply
class NextStep(TwoLanguages):
    """``action``: apply, wait, read_reason, sign, none."""

    action: str


@reply
class Days:
    """``withdrawn_on``: the first day without the service, after the newest withdrawal.

    ``suspended_from``, ``suspended_until``: a suspension that is not over; until null: open.
    """

    withdrawn_on: str | None
    suspended_from: str | None
    suspended_until: str | None


@reply
class ChildTerm(Days):
    """``state`` is ``not_applied`` or one of APPLICATION_STATES.

    ``previous_service_kinds``: the choice of the newest earlier enrolment, still on offer.
    ``applications_open``: the plan is in force and, where the plan asks for it, disclosed.
    ``pupil_assents``: what the pupil said of the open application, null if nobody asked.
    """

    term_id: str
    name: str
    first_day: str
    last_day: str
    state: str
    application_id: str | None
    service_kinds: tuple[str, ...]
    previous_service_kinds: tuple[str, ...]
    publicity_id: str | None
    closes_on: str | None
    reason: str | None
    applications_open: bool
    pupil_assent_required: bool
    pupil_assents: bool | None
    next: NextStep


@reply
class Child:
    student_id: str
    name: str
    school_id: str
    school_name: str
    class_id: str
    class_name: str
    grade: int
    left_on: str | None
    offered_service_kinds: tuple[str, ...]
    terms: tuple[ChildTerm, ...]


@reply
class Children:
    items: tuple[Child, ...]


@reply
class Named:
    name: str
    class_name: Annotated[str | None, LeftOut()] = None


@reply
class Names:
    names: dict[str, Named]


LIST_STUDENTS = query(
    "list_students",
    "/schools/{school_id}/students",
    "List a school's pupils",
    ListStudents,
    Students,
    roles=(*roles.SCHOOL, "bureau"),
    reads=("school_id", "roster"),
)
GET_STUDENT = query(
    "get_student",
    "/students/{student_id}",
    "Show a pupil",
    GetStudent,
    Student,
    roles=roles.EVERYBODY,
    reads=("student_id", "record"),
)
BLOCK_GUARDIAN = command(
    "block_guardian",
    "/students/{student_id}/guardians/{guardian_id}/block",
    "Keep a guardian from a pupil, with proof",
    BlockGuardian,
    BlockState,
    roles=("school_office",),
)
UNBLOCK_GUARDIAN = command(
    "unblock_guardian",
    "/students/{student_id}/guardians/{guardian_id}/unblock",
    "Lift a block",
    BlockGuardian,
    BlockState,
    roles=("school_office",),
)
MY_CHILDREN = query(
    "my_children",
    "/me/children",
    "List the caller's own children, and what to do next for each",
    Nothing,
    Children,
    roles=("guardian",),
)
GET_NAMES = query(
    "get_names",
    "/names:batch",
    "Show the names behind ids, as far as the caller may know them",
    GetNames,
    Names,
    roles=roles.EVERYBODY,
    posted=True,
)
