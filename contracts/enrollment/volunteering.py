"""Teachers who take part by their own choice."""

from __future__ import annotations

from datetime import date

from contracts import roles
from contracts.shapes import Id, command, event, query, reply, request


@event
class TeacherVolunteered:
    """The person's own consent to serve in a term."""

    staff_id: Id
    term_id: Id


@event
class TeacherWithdrew:
    """The consent ends; ``effective_on`` is the first day without it."""

    staff_id: Id
    term_id: Id
    effective_on: date


@request(component="enrollment.WithdrawVolunteering")
class WithdrawVolunteering:
    """``effective_on`` is the first day without consent."""

    term_id: Id
    effective_on: date


@request
class ListVolunteers:
    term_id: Id


@request
class MyDuty:
    term_id: Id


@request
class VolunteerForDuty:
    term_id: Id


@reply
class Volunteer:
    staff_id: str
    term_id: str
    until: str | None


@reply
class VolunteerLine(Volunteer):
    name: str | None
    kind: str
    screened: bool
    statement: bool
    assignable: bool


@reply
class Volunteers:
    items: tuple[VolunteerLine, ...]


@reply
class OwnDuty(Volunteer):
    """What one reads about oneself; ``volunteers``: the consent was given, until ``until``."""

    kind: str
    volunteers: bool
    screened: bool
    statement: bool
    assignable: bool


LIST_VOLUNTEERS = query(
    "list_volunteers",
    "/terms/{term_id}/volunteers",
    "List who volunteered and whether they may be given a session",
    ListVolunteers,
    Volunteers,
    roles=("school_office", "bureau"),
)
MY_DUTY = query(
    "my_duty",
    "/terms/{term_id}/volunteers/me",
    "Show whether one has volunteered and may be given a session",
    MyDuty,
    OwnDuty,
    roles=roles.SCHOOL,
)
VOLUNTEER_FOR_DUTY = command(
    "volunteer_for_duty",
    "/terms/{term_id}/volunteers",
    "Volunteer to serve in a term, by the person",
    VolunteerForDuty,
    Volunteer,
    roles=roles.SCHOOL,
)
WITHDRAW_VOLUNTEERING = command(
    "withdraw_volunteering",
    "/terms/{term_id}/volunteers:withdraw",
    "Take the consent to serve back, with notice",
    WithdrawVolunteering,
    Volunteer,
    roles=roles.SCHOOL,
)
