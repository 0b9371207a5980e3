"""A class's session of a day and its roll."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Pattern,
    command,
    earlier,
    event,
    part,
    query,
    reply,
    request,
)

ROLL_STATUSES = ("absent", "leave", "late")
REVIEWS = ("none", "submitted", "approved", "returned")
"""How far the review of a day's content is."""
PARTS = ("static", "dynamic")
ClockTime: TypeAlias = Annotated[str, Pattern(r"\A([01]\d|2[0-3]):[0-5]\d\Z", "HH:MM, like 17:00.")]
Absence: TypeAlias = Literal["absent", "leave"]
RollStatus: TypeAlias = Literal["absent", "leave", "late", "left"]


@part
class RollException:
    """A pupil who is not simply there; ``left``: was handed over before this session."""

    student_id: Id
    status: RollStatus


@event(version=2)
class SessionOpened:
    """``offering_id``: what is done there; None for a class's service without an offering."""

    session_id: Id
    school_id: Id
    date: dt.date
    service_kind: Id
    class_id: Id
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    responsible_id: Id
    offering_id: Id | None


@event
class RollTaken:
    """Everybody expected has a status (P2-103). Who is late is in ``present`` too."""

    session_id: Id
    school_id: Id
    class_id: Id
    date: dt.date
    present: tuple[Id, ...]
    exceptions: tuple[RollException, ...]


@event
class PupilCheckedIn:
    """The school answers for the pupil from here on, until a ``ChildHandedOver``."""

    student_id: Id
    session_id: Id
    class_id: Id
    date: dt.date


@event
class PupilMarkedAbsent:
    """The pupil is not in the school's care; after a ``PupilCheckedIn`` it corrects that."""

    student_id: Id
    session_id: Id
    class_id: Id
    date: dt.date
    status: Absence


@earlier(SessionOpened, version=1, upcast=lambda data: {**data, "offering_id": None})
class SessionOpenedV1:
    """A class's service of one kind takes place on a day, in its window (P1-013..016, P1-039).

    A time is None where the policy sets no bound (P2-034: "from dismissal").
    """

    session_id: Id
    school_id: Id
    date: dt.date
    service_kind: Id
    class_id: Id
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    responsible_id: Id


@request
class OpenSession:
    """``starts`` and ``ends`` only to use less than the service's or the offering's hours.

    With an ``offering_id`` the kind of service is the offering's, and only then ``service_kind``
    can be left out. The day must be the offering's and its content approved (P1-087, P2-045).
    ``responsible_id``: the member of staff who answers for the session; left out, the offering's
    teacher of that day, or who opens it.
    """

    school_id: Id
    date: dt.date
    service_kind: Id | None = None
    class_id: Id
    offering_id: Id | None = None
    responsible_id: Id | None = None
    starts: ClockTime | None = None
    ends: ClockTime | None = None


@request(component="attendance.RollExceptionRequest")
class RollEntry:
    """``late`` pupils are present."""

    student_id: Id
    status: Literal["absent", "leave", "late"]


@request
class TakeRoll:
    """Who is not listed is present."""

    session_id: Id
    exceptions: Annotated[tuple[RollEntry, ...], Length(0, 200)]


@request
class OnDay:
    """Today if left out."""

    school_id: Id
    date: dt.date | None = None


@request
class GetSession:
    session_id: Id


@reply
class OpenedSession:
    """A class's session of an offering."""

    class_id: str
    session_id: str


@reply
class OfferingSession:
    """An offering of the day, with that day's teacher and content.

    ``content`` is how far its review is. ``may_run``: a class of its grades may open
    a session of it; else ``reason`` is the code and ``detail`` says what to do. ``part``: static,
    dynamic, or None for what is neither's.
    """

    offering_id: str
    title: str
    service_kind: str
    standing: str
    grades: tuple[int, ...]
    starts: str
    ends: str
    teacher_id: str
    content_kind: str
    part: Annotated[str, OneOf(PARTS)] | None
    content: Annotated[str, OneOf(REVIEWS)]
    substituted: bool
    may_run: bool
    reason: str | None
    detail: dict[str, str] | None
    sessions: tuple[OpenedSession, ...]


@reply
class Lacking:
    """Parts of the day, static or dynamic: ``ready``: that nothing which may run has; ``run``:
    that no session opened so far has."""

    ready: tuple[str, ...]
    run: tuple[str, ...]


@reply
class OfferingSessions:
    """The day's offerings by time; ``lacking`` only where the plan asks for both parts."""

    date: str
    items: tuple[OfferingSession, ...]
    lacking: Lacking | None


@reply
class Session:
    """A session; ``roll_taken_at`` is None before the roll, ``offering_id`` without an offering."""

    session_id: str
    school_id: str
    date: str
    service_kind: str
    class_id: str
    starts_at: str | None
    ends_at: str | None
    responsible_id: str
    roll_taken_at: str | None
    offering_id: str | None


@reply(component="attendance.SessionOpened")
class SessionState:
    """Answer of ``open_session``."""

    session_id: str
    school_id: str
    date: str
    service_kind: str
    class_id: str
    starts_at: str | None
    ends_at: str | None
    responsible_id: str
    offering_id: str | None


@reply
class Sessions:
    """The sessions of one day."""

    date: str
    items: tuple[Session, ...]


@reply
class RosterEntry:
    """``status``: expected, present, late, absent, leave, left or handed_over."""

    student_id: str
    status: str
    since: str | None


@reply
class SessionRoster(Session):
    """A session with everybody who is expected."""

    roster: tuple[RosterEntry, ...]


@reply
class Roll:
    """Counts of a taken roll; ``changed`` pupils got a new status."""

    session_id: str
    present: int
    absent: int
    leave: int
    late: int
    left: int
    changed: int


LIST_SESSIONS = query(
    "list_sessions",
    "/schools/{school_id}/sessions",
    "List a day's sessions",
    OnDay,
    Sessions,
    roles=("teacher", "gate_guard", "school_office"),
)
OPEN_SESSION = command(
    "open_session",
    "/schools/{school_id}/sessions",
    "Open a class's session of a day",
    OpenSession,
    SessionState,
    roles=("teacher", "school_office"),
)
LIST_OFFERING_SESSIONS = query(
    "list_offering_sessions",
    "/schools/{school_id}/offering-sessions",
    "List a day's offerings: whether each may run, and which classes opened it",
    OnDay,
    OfferingSessions,
    roles=("teacher", "school_office"),
)
GET_SESSION = query(
    "get_session",
    "/sessions/{session_id}",
    "Show a session with everybody who is expected",
    GetSession,
    SessionRoster,
    roles=("teacher", "gate_guard", "school_office"),
    reads=("class_id", "roll"),
)
TAKE_ROLL = command(
    "take_roll",
    "/sessions/{session_id}/roll",
    "Take the roll: who is not listed is present",
    TakeRoll,
    Roll,
    roles=("teacher", "school_office"),
)
