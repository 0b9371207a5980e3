"""Events that attendance publishes. Stored for ever: a field is never renamed or removed."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Identifier, Strict, identifier

DAY_KINDS = ("statutory_holiday", "makeup_workday", "school_day", "closed")
ROLL_STATUSES = ("absent", "leave", "late")
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


def _iso_weekday(**kwargs: object) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(min=1, max=7), **kwargs)  # type: ignore[arg-type]


class CalendarYearDeclared(Strict):
    """A district has the holidays and make-up days of a year (P1-014); ``source`` says whence."""

    district_id = identifier()
    year = fields.Integer(required=True, strict=True)
    source = fields.String(required=True, validate=validate.Length(min=1, max=64))


class CalendarDayDeclared(Strict):
    """One day is not what its weekday says; the newest declaration of a day stands."""

    district_id = identifier()
    date = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(DAY_KINDS))
    name = fields.String(required=True, validate=validate.Length(max=64))
    follows_weekday = _iso_weekday(required=True, allow_none=True)


class SessionOpened(Strict):
    """A class's service of one kind takes place on a day, in its window (P1-013..016, P1-039).

    A time is None where the policy sets no bound (P2-034: "from dismissal").
    """

    session_id = identifier()
    school_id = identifier()
    date = fields.Date(required=True)
    service_kind = identifier()
    class_id = identifier()
    starts_at = fields.AwareDateTime(required=True, allow_none=True)
    ends_at = fields.AwareDateTime(required=True, allow_none=True)
    responsible_id = identifier()


class SessionOpenedV2(SessionOpened):
    """``offering_id``: what is done there; None for a class's service without an offering."""

    offering_id = fields.String(required=True, allow_none=True, validate=Identifier)


class RollException(Strict):
    """A pupil who is not simply there; ``left``: was handed over before this session."""

    student_id = identifier()
    status = fields.String(required=True, validate=validate.OneOf((*ROLL_STATUSES, "left")))


class RollTaken(Strict):
    """Everybody expected has a status (P2-103). Who is late is in ``present`` too."""

    session_id = identifier()
    school_id = identifier()
    class_id = identifier()
    date = fields.Date(required=True)
    present = fields.List(identifier(), required=True)
    exceptions = fields.List(fields.Nested(RollException), required=True)


class PupilCheckedIn(Strict):
    """The school answers for the pupil from here on, until a ``ChildHandedOver``."""

    student_id = identifier()
    session_id = identifier()
    class_id = identifier()
    date = fields.Date(required=True)


class PupilMarkedAbsent(Strict):
    """The pupil is not in the school's care; after a ``PupilCheckedIn`` it corrects that."""

    student_id = identifier()
    session_id = identifier()
    class_id = identifier()
    date = fields.Date(required=True)
    status = fields.String(required=True, validate=validate.OneOf(("absent", "leave")))


class PickupAuthorised(Strict):
    """An adult may fetch a pupil; a later one for the same receiver replaces it."""

    authorisation_id = identifier()
    student_id = identifier()
    receiver_id = identifier()
    relation = identifier()
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


class PickupRevoked(Strict):
    """The adult may no longer fetch the pupil, from this instant."""

    authorisation_id = identifier()
    student_id = identifier()
    receiver_id = identifier()


class PickupCodeIssued(Strict):
    """A one-time code for pupil, receiver and day; replaces the receiver's earlier one."""

    code_id = identifier()
    student_id = identifier()
    receiver_id = identifier()
    code_hash = fields.String(required=True, validate=validate.Length(equal=64))
    date = fields.Date(required=True)
    expires_at = fields.AwareDateTime(required=True)


class PickupRefused(Strict):
    """Somebody did not get the child, and why (P1-084, P2-102)."""

    student_id = identifier()
    receiver_id = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(REFUSAL_REASONS))
    guard_id = identifier()


class ChildHandedOver(Strict):
    """The pupil left with an authorised adult; the school's care ends (P1-084, P2-102)."""

    student_id = identifier()
    school_id = identifier()
    class_id = identifier()
    session_id = identifier()
    receiver_id = identifier()
    relation = identifier()
    proof = fields.List(fields.String(validate=validate.OneOf(("one_time_code",))), required=True)
    guard_id = identifier()
    code_id = identifier()
    place = fields.String(required=True, validate=validate.OneOf(("gate",)))
    date = fields.Date(required=True)


EVENTS = {
    ("CalendarYearDeclared", 1): CalendarYearDeclared(),
    ("CalendarDayDeclared", 1): CalendarDayDeclared(),
    ("SessionOpened", 1): SessionOpened(),
    ("SessionOpened", 2): SessionOpenedV2(),
    ("RollTaken", 1): RollTaken(),
    ("PupilCheckedIn", 1): PupilCheckedIn(),
    ("PupilMarkedAbsent", 1): PupilMarkedAbsent(),
    ("PickupAuthorised", 1): PickupAuthorised(),
    ("PickupRevoked", 1): PickupRevoked(),
    ("PickupCodeIssued", 1): PickupCodeIssued(),
    ("PickupRefused", 1): PickupRefused(),
    ("ChildHandedOver", 1): ChildHandedOver(),
}
