"""Bodies of the commands and queries that attendance answers."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.attendance.events import DAY_KINDS, GUARD_REASONS, ROLL_STATUSES
from contracts.enrollment.vocabulary import RELATIONS as GUARDIAN_RELATIONS
from contracts.shapes import Identifier, Strict, identifier

RELATIONS = (
    *GUARDIAN_RELATIONS,
    "grandfather",
    "grandmother",
    "sibling",
    "nanny",
    "neighbour",
)
"""What an adult who fetches a child is to the child."""

_OpaqueId = validate.Regexp(
    r"\A[A-Za-z0-9_.:-]{1,64}\Z", error="Not an id. 这里要填编号，不是姓名。"
)
_ClockTime = validate.Regexp(r"\A([01]\d|2[0-3]):[0-5]\d\Z", error="HH:MM, like 17:00.")


def _clock_time() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=_ClockTime)


class CalendarDay(Strict):
    """``follows_weekday`` (1 Monday … 7 Sunday): whose timetable a make-up day follows."""

    date = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(DAY_KINDS))
    name = fields.String(required=True, validate=validate.Length(min=1, max=64))
    follows_weekday = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(min=1, max=7)
    )


class DeclareCalendarYear(Strict):
    """``days`` only for a year that the calendar library does not know: the holidays by hand."""

    year = fields.Integer(required=True, strict=True, validate=validate.Range(min=2000, max=2100))
    days = fields.List(
        fields.Nested(CalendarDay),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 366),
    )


class DeclareCalendarDay(CalendarDay):
    """One day, over whatever is declared for it."""


class OpenSession(Strict):
    """``starts`` and ``ends`` only to use less than the service's or the offering's hours.

    With an ``offering_id`` the kind of service is the offering's, and only then ``service_kind``
    can be left out. The day must be the offering's and its content approved (P1-087, P2-045).
    ``responsible_id``: the member of staff who answers for the session; left out, the offering's
    teacher of that day, or who opens it.
    """

    date = fields.Date(required=True)
    service_kind = fields.String(load_default=None, allow_none=True, validate=Identifier)
    class_id = identifier()
    offering_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    responsible_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    starts = _clock_time()
    ends = _clock_time()


class RollException(Strict):
    """``late`` pupils are present."""

    student_id = identifier()
    status = fields.String(required=True, validate=validate.OneOf(ROLL_STATUSES))


class TakeRoll(Strict):
    """Who is not listed is present."""

    exceptions = fields.List(
        fields.Nested(RollException), required=True, validate=validate.Length(max=200)
    )


class AuthorisePickup(Strict):
    """``name`` and ``phone`` are kept in the vault; valid from today until revoked if left out."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    relation = fields.String(required=True, validate=validate.OneOf(RELATIONS))
    phone = fields.String(required=True, validate=validate.Regexp(r"\A\+?[0-9][0-9 -]{5,19}\Z"))
    valid_from = fields.Date(load_default=None, allow_none=True)
    valid_to = fields.Date(load_default=None, allow_none=True)


class IssuePickupCode(Strict):
    """The adult who will come today."""

    receiver_id = identifier()


class HandOver(Strict):
    """Who stands at the gate for whom, and the six digits shown."""

    student_id = fields.String(required=True, validate=_OpaqueId)
    receiver_id = fields.String(required=True, validate=_OpaqueId)
    code = fields.String(required=True, validate=validate.Length(min=1, max=20))


class RefusePickup(Strict):
    """The person at the gate says no of their own accord."""

    student_id = fields.String(required=True, validate=_OpaqueId)
    receiver_id = fields.String(load_default=None, allow_none=True, validate=_OpaqueId)
    reason = fields.String(required=True, validate=validate.OneOf(GUARD_REASONS))


class GetCalendar(Strict):
    """Both days included; at most 400 days."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")


class OnDay(Strict):
    """Today if left out."""

    date = fields.Date(load_default=None, allow_none=True)


class FindCode(Strict):
    """The six digits shown at the gate."""

    code = fields.String(required=True, validate=validate.Length(min=1, max=20))
