"""What enrollment answers about persons and their applications."""

from __future__ import annotations

from marshmallow import Schema, fields

from contracts.enrollment.replies import TwoLanguages, many, string
from contracts.enrollment.vocabulary import ids


class GuardianOf(Schema):
    guardian_id = string()
    name = string()
    relation = string()
    blocked = fields.Boolean(required=True)


class BlockState(Schema):
    student_id = string()
    guardian_id = string()
    blocked = fields.Boolean(required=True)


class Student(Schema):
    """``name`` is masked for a bureau; ``guardians`` only in ``get_student``.

    ``left_on`` is the first day of a pupil who moves to another school off the lists.
    """

    student_id = string()
    school_id = string()
    class_id = string()
    class_name = string()
    grade = fields.Integer(required=True)
    name = string()
    left_on = string(maybe=True)
    guardians = fields.List(fields.Nested(GuardianOf))


class Students(Schema):
    items = many(Student)
    next = string(maybe=True)


class NextStep(TwoLanguages):
    """``action``: apply, wait, read_reason, sign, none."""

    action = string()


class Days(Schema):
    """``withdrawn_on``: the first day without the service, after the newest withdrawal.

    ``suspended_from``, ``suspended_until``: a suspension that is not over; until null: open.
    """

    withdrawn_on = string(maybe=True)
    suspended_from = string(maybe=True)
    suspended_until = string(maybe=True)


class ChildTerm(Days):
    """``state`` is ``not_applied`` or one of APPLICATION_STATES.

    ``previous_service_kinds``: the choice of the newest earlier enrolment, still on offer.
    ``applications_open``: the plan is in force and, where the plan asks for it, disclosed.
    ``pupil_assents``: what the pupil said of the open application, null if nobody asked.
    """

    term_id = string()
    name = string()
    first_day = string()
    last_day = string()
    state = string()
    application_id = string(maybe=True)
    service_kinds = ids()
    previous_service_kinds = ids()
    publicity_id = string(maybe=True)
    closes_on = string(maybe=True)
    reason = string(maybe=True)
    applications_open = fields.Boolean(required=True)
    pupil_assent_required = fields.Boolean(required=True)
    pupil_assents = fields.Boolean(required=True, allow_none=True)
    next = fields.Nested(NextStep, required=True)


class Child(Schema):
    student_id = string()
    name = string()
    school_id = string()
    school_name = string()
    class_id = string()
    class_name = string()
    grade = fields.Integer(required=True)
    left_on = string(maybe=True)
    offered_service_kinds = ids()
    terms = many(ChildTerm)


class Children(Schema):
    items = many(Child)


class Application(Days):
    """``reason`` says why it was rejected, withdrawn or suspended; null if nobody said.

    ``class_review``: recommended or advised_against, null before the class teacher's review;
    ``review_note`` is what the teacher says to the office about it, null for everybody else.
    """

    application_id = string()
    school_id = string()
    student_id = string()
    student_name = string()
    class_id = string()
    class_name = string()
    term_id = string()
    guardian_id = string()
    service_kinds = ids()
    state = string()
    submitted_at = string()
    publicity_id = string(maybe=True)
    reason = string(maybe=True)
    pupil_assents = fields.Boolean(required=True, allow_none=True)
    class_review = string(maybe=True)
    review_note = string(maybe=True)


class Applications(Schema):
    items = many(Application)
    next = string(maybe=True)


class ApplicationState(Schema):
    """What a command on an application answers."""

    application_id = string()
    school_id = string()
    student_id = string()
    term_id = string()
    state = string()


class Publicised(Schema):
    """One line of the list, with the name masked (张*明)."""

    name = string()
    class_name = string()


class PublicityState(Schema):
    """``state``: published or confirmed; it can be confirmed from ``confirmable_from``."""

    publicity_id = string()
    school_id = string()
    term_id = string()
    state = string()
    published_on = string()
    closes_on = string()
    confirmable_from = string()
    count = fields.Integer(required=True)


class ObjectionState(Schema):
    """``upheld`` is null while it is open."""

    publicity_id = string()
    objection_id = string()
    state = string()
    upheld = fields.Boolean(required=True, allow_none=True)


class ObjectionLine(ObjectionState):
    """``text`` and ``answer``: for the office, and for whoever raised it."""

    raised_at = string()
    mine = fields.Boolean(required=True)
    text = string(maybe=True)
    answer = string(maybe=True)


class Objections(Schema):
    items = many(ObjectionLine)


class Publicity(PublicityState):
    """The list itself; only ``get_publicity`` answers it."""

    items = many(Publicised)


class Publicities(Schema):
    items = many(PublicityState)


class Agreement(Schema):
    """The text as it will be, or was, signed; ``parties`` adds the names to the ids in it.

    The letter of responsibility is signed in the same step; null where an agreement was signed
    before there were letters.
    """

    application_id = string()
    agreement_version = string()
    text = string()
    text_sha256 = string()
    letter_version = string(maybe=True)
    letter_text = string(maybe=True)
    letter_sha256 = string(maybe=True)
    parties = fields.Dict(required=True)
    signed = fields.Boolean(required=True)


class Named(Schema):
    name = string()
    class_name = fields.String()


class Names(Schema):
    names = fields.Dict(keys=fields.String(), values=fields.Nested(Named), required=True)
