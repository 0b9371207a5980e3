"""The handover of a child at the gate, and where every child is."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

from contracts.attendance.sessions import OnDay
from contracts.shapes import Id, Length, OneOf, Pattern, command, event, query, reply, request

GUARD_REASONS = ("no-code", "identity-doubtful", "receiver-unfit", "guardian-asked", "other")
"""Why a person at the gate refuses of their own accord."""
REFUSAL_REASONS = (
    *GUARD_REASONS,
    "wrong-code",
    "code-of-another-receiver",
    "code-expired",
    "code-locked",
    "receiver-not-authorised",
    "receiver-revoked",
    "already-handed-over",
    "not-in-care",
)
OpaqueId: TypeAlias = Annotated[
    str, Pattern(r"\A[A-Za-z0-9_.:-]{1,64}\Z", "Not an id. 这里要填编号，不是姓名。")
]


@event
class PickupRefused:
    """Somebody did not get the child, and why (P1-084, P2-102)."""

    student_id: Id
    receiver_id: str | None
    date: dt.date
    reason: Annotated[str, OneOf(REFUSAL_REASONS)]
    guard_id: Id


@event
class ChildHandedOver:
    """The pupil left with an authorised adult; the school's care ends (P1-084, P2-102)."""

    student_id: Id
    school_id: Id
    class_id: Id
    session_id: Id
    receiver_id: Id
    relation: Id
    proof: tuple[Annotated[str, OneOf(("one_time_code",))], ...]
    guard_id: Id
    code_id: Id
    place: Annotated[str, OneOf(("gate",))]
    date: dt.date


@request
class HandOver:
    """Who stands at the gate for whom, and the six digits shown."""

    school_id: Id
    student_id: OpaqueId
    receiver_id: OpaqueId
    code: Annotated[str, Length(1, 20)]


@request
class RefusePickup:
    """The person at the gate says no of their own accord."""

    school_id: Id
    student_id: OpaqueId
    receiver_id: OpaqueId | None = None
    reason: Annotated[str, OneOf(GUARD_REASONS)]


@request
class AskAboutChild:
    student_id: Id


@reply
class BoardItem:
    """A child of the day's sessions; ``receiver_name`` is None for guardians (enrollment knows)."""

    student_id: str
    class_id: str
    session_id: str
    status: str
    since: str
    receiver_id: str | None
    relation: str | None


@reply
class Counts:
    """How many children of the day are where."""

    present: int
    handed_over: int
    absent: int
    leave: int


@reply
class Board:
    """The gate's board of one day; who is still present comes first."""

    date: str
    counts: Counts
    items: tuple[BoardItem, ...]


@reply
class HandedOver:
    """Answer of ``hand_over``."""

    student_id: str
    receiver_id: str
    session_id: str
    class_id: str
    handed_over_at: str


@reply
class Refused:
    """Answer of ``refuse_pickup``."""

    student_id: str
    reason: str


@reply
class ChildToday:
    """``status``: none, expected, present, absent, leave or handed_over."""

    student_id: str
    date: str
    status: str
    since: str | None
    class_id: str | None
    session_id: str | None
    service_kind: str | None
    starts_at: str | None
    ends_at: str | None
    responsible_id: str | None
    receiver_id: str | None
    receiver_name: str | None
    relation: str | None


GET_BOARD = query(
    "get_board",
    "/schools/{school_id}/board",
    "Show where every child of a day's sessions is",
    OnDay,
    Board,
    roles=("teacher", "gate_guard", "school_office"),
    reads=("school_id", "pick-up"),
)
CHILD_TODAY = query(
    "child_today",
    "/students/{student_id}/today",
    "Show where a child is today",
    AskAboutChild,
    ChildToday,
    roles=("guardian", "teacher", "school_office"),
    reads=("student_id", "custody"),
)
HAND_OVER = command(
    "hand_over",
    "/schools/{school_id}/handovers",
    "Hand a child over to the adult who shows the code",
    HandOver,
    HandedOver,
    roles=("teacher", "gate_guard"),
)
REFUSE_PICKUP = command(
    "refuse_pickup",
    "/schools/{school_id}/handovers:refuse",
    "Record that a child was not handed over, and why",
    RefusePickup,
    Refused,
    roles=("teacher", "gate_guard"),
)
