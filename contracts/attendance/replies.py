"""What attendance answers. Names of pupils and guardians are enrollment's (``get_names``)."""

from __future__ import annotations

from marshmallow import Schema, fields


class CalendarYear(Schema):
    """``declared``: days that were new; 0 for a repeat."""

    district_id = fields.String(required=True)
    year = fields.Integer(required=True)
    source = fields.String(required=True)
    declared = fields.Integer(required=True)


class CalendarDay(Schema):
    """A declared day."""

    district_id = fields.String(required=True)
    date = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    follows_weekday = fields.Integer(required=True, allow_none=True)


class ServiceOfDay(Schema):
    """Open with a window (``HH:MM``), or closed with the ``reason`` code."""

    service_kind = fields.String(required=True)
    open = fields.Boolean(required=True)
    starts = fields.String(required=True, allow_none=True)
    ends = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class ServiceDay(Schema):
    """One day of the school; ``kind`` and ``name`` if the day was declared."""

    date = fields.String(required=True)
    weekday = fields.Integer(required=True)
    kind = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    follows_weekday = fields.Integer(required=True, allow_none=True)
    services = fields.List(fields.Nested(ServiceOfDay), required=True)


class Calendar(Schema):
    """The school's days, first to last."""

    items = fields.List(fields.Nested(ServiceDay), required=True)


class Session(Schema):
    """A session; ``roll_taken_at`` is None before the roll, ``offering_id`` without an offering."""

    session_id = fields.String(required=True)
    school_id = fields.String(required=True)
    date = fields.String(required=True)
    service_kind = fields.String(required=True)
    class_id = fields.String(required=True)
    starts_at = fields.String(required=True, allow_none=True)
    ends_at = fields.String(required=True, allow_none=True)
    responsible_id = fields.String(required=True)
    roll_taken_at = fields.String(required=True, allow_none=True)
    offering_id = fields.String(required=True, allow_none=True)


class SessionOpened(Schema):
    """Answer of ``open_session``."""

    session_id = fields.String(required=True)
    school_id = fields.String(required=True)
    date = fields.String(required=True)
    service_kind = fields.String(required=True)
    class_id = fields.String(required=True)
    starts_at = fields.String(required=True, allow_none=True)
    ends_at = fields.String(required=True, allow_none=True)
    responsible_id = fields.String(required=True)
    offering_id = fields.String(required=True, allow_none=True)


class Sessions(Schema):
    """The sessions of one day."""

    date = fields.String(required=True)
    items = fields.List(fields.Nested(Session), required=True)


class RosterEntry(Schema):
    """``status``: expected, present, late, absent, leave, left or handed_over."""

    student_id = fields.String(required=True)
    status = fields.String(required=True)
    since = fields.String(required=True, allow_none=True)


class SessionRoster(Session):
    """A session with everybody who is expected."""

    roster = fields.List(fields.Nested(RosterEntry), required=True)


class Roll(Schema):
    """Counts of a taken roll; ``changed`` pupils got a new status."""

    session_id = fields.String(required=True)
    present = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    leave = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left = fields.Integer(required=True)
    changed = fields.Integer(required=True)


class BoardItem(Schema):
    """A child of the day's sessions; ``receiver_name`` is None for guardians (enrollment knows)."""

    student_id = fields.String(required=True)
    class_id = fields.String(required=True)
    session_id = fields.String(required=True)
    status = fields.String(required=True)
    since = fields.String(required=True)
    receiver_id = fields.String(required=True, allow_none=True)
    relation = fields.String(required=True, allow_none=True)


class Counts(Schema):
    """How many children of the day are where."""

    present = fields.Integer(required=True)
    handed_over = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    leave = fields.Integer(required=True)


class Board(Schema):
    """The gate's board of one day; who is still present comes first."""

    date = fields.String(required=True)
    counts = fields.Nested(Counts, required=True)
    items = fields.List(fields.Nested(BoardItem), required=True)


class Authorisation(Schema):
    """``state``: valid, not_yet, expired or revoked. ``name`` is None for guardians."""

    authorisation_id = fields.String(required=True)
    student_id = fields.String(required=True)
    receiver_id = fields.String(required=True)
    relation = fields.String(required=True)
    valid_from = fields.String(required=True)
    valid_to = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    guardian = fields.Boolean(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)


class Authorisations(Schema):
    """Who may fetch a pupil, and who no longer may."""

    student_id = fields.String(required=True)
    items = fields.List(fields.Nested(Authorisation), required=True)


class Authorised(Schema):
    """Answer of ``authorise_pickup`` and ``revoke_pickup``."""

    authorisation_id = fields.String(required=True)
    student_id = fields.String(required=True)
    receiver_id = fields.String(required=True)
    state = fields.String(required=True)


class IssuedCode(Schema):
    """Answer of ``issue_pickup_code``; ``code`` is None once a newer one replaced it."""

    code_id = fields.String(required=True)
    student_id = fields.String(required=True)
    receiver_id = fields.String(required=True)
    expires_at = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)


class LiveCode(Schema):
    """A code that opens the gate now."""

    code_id = fields.String(required=True)
    receiver_id = fields.String(required=True)
    relation = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    expires_at = fields.String(required=True)


class LiveCodes(Schema):
    """A pupil's live codes of today, newest first."""

    student_id = fields.String(required=True)
    date = fields.String(required=True)
    items = fields.List(fields.Nested(LiveCode), required=True)


class FoundCode(Schema):
    """What stands behind six digits: green with ``ok``, else the ``reason`` code and its texts."""

    ok = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    detail = fields.Dict(keys=fields.String(), values=fields.String(), allow_none=True)
    student_id = fields.String(required=True, allow_none=True)
    class_id = fields.String(required=True, allow_none=True)
    receiver_id = fields.String(required=True, allow_none=True)
    receiver_name = fields.String(required=True, allow_none=True)
    relation = fields.String(required=True, allow_none=True)


class HandedOver(Schema):
    """Answer of ``hand_over``."""

    student_id = fields.String(required=True)
    receiver_id = fields.String(required=True)
    session_id = fields.String(required=True)
    class_id = fields.String(required=True)
    handed_over_at = fields.String(required=True)


class Refused(Schema):
    """Answer of ``refuse_pickup``."""

    student_id = fields.String(required=True)
    reason = fields.String(required=True)


class ChildToday(Schema):
    """``status``: none, expected, present, absent, leave or handed_over."""

    student_id = fields.String(required=True)
    date = fields.String(required=True)
    status = fields.String(required=True)
    since = fields.String(required=True, allow_none=True)
    class_id = fields.String(required=True, allow_none=True)
    session_id = fields.String(required=True, allow_none=True)
    service_kind = fields.String(required=True, allow_none=True)
    starts_at = fields.String(required=True, allow_none=True)
    ends_at = fields.String(required=True, allow_none=True)
    responsible_id = fields.String(required=True, allow_none=True)
    receiver_id = fields.String(required=True, allow_none=True)
    receiver_name = fields.String(required=True, allow_none=True)
    relation = fields.String(required=True, allow_none=True)
