"""Requests and answers about volunteers, venues, offerings, session content and places."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from contracts.enrollment.offering_events import HOUR
from contracts.enrollment.plans import Word, text
from contracts.enrollment.replies import TwoLanguages, many, string
from contracts.enrollment.requests import Name, Slug
from contracts.enrollment.vocabulary import CONTENT_KINDS, SERVICE_KINDS, ids, one_of
from contracts.shapes import Identifier, Strict, identifier

PRIORITIES = ("disabled", "left_behind", "migrant_worker_child", "economic_hardship", "other")
"""``other`` is for what a plan leaves open ("and so on"): only the authority grants it."""

VENUE_KINDS = ("classroom", "special_room", "playground", "gym", "library", "canteen", "other")


def _grades() -> fields.List[Any]:
    return fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 9)),
        required=True,
        validate=validate.Length(min=1, max=9),
    )


def _weekdays() -> fields.List[Any]:
    return fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 7)),
        required=True,
        validate=validate.Length(min=1, max=7),
    )


class WithdrawVolunteering(Strict):
    """``effective_on`` is the first day without consent."""

    effective_on = fields.Date(required=True)


class RegisterVenue(Strict):
    """The same id again corrects the venue; ``accountable_id`` answers for it."""

    venue_id = fields.String(load_default=None, allow_none=True, validate=Slug)
    name = fields.String(required=True, validate=Name)
    kind = one_of(VENUE_KINDS)
    capacity = fields.Integer(required=True, strict=True, validate=validate.Range(0, 5000))
    equipment = fields.List(fields.String(validate=Name), load_default=list)
    accountable_id = identifier()


class OfferingTerms(Strict):
    """What an offering is. ``curriculum_ref`` can be said so that it can be refused (P1-037)."""

    title = fields.String(required=True, validate=Name)
    content_kind = one_of(CONTENT_KINDS)
    subject = fields.String(load_default=None, allow_none=True, validate=Word)
    teacher_id = identifier()
    venue_id = identifier()
    capacity = fields.Integer(required=True, strict=True, validate=validate.Range(0, 5000))
    grades = _grades()
    weekdays = _weekdays()
    starts = fields.String(required=True, validate=HOUR)
    ends = fields.String(required=True, validate=HOUR)
    curriculum_ref = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=200)
    )


class ProposeOffering(OfferingTerms):
    """``taught_by``: ``school``, or the id of an admitted provider that teaches for the school."""

    service_kind = one_of(SERVICE_KINDS)
    taught_by = fields.String(load_default="school", validate=validate.Length(min=1, max=64))


class AmendOffering(OfferingTerms):
    """All terms; the kind of service does not change."""


class ReturnOffering(Strict):
    reason = text(1000)


class ListOfferings(Strict):
    """For guardians: those that are open."""


class SessionContent(Strict):
    """What is to be done on one day of an offering."""

    on = fields.Date(required=True)
    content_kind = one_of(CONTENT_KINDS)
    description = text(2000)
    curriculum_ref = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=200)
    )


class SubmitSessionContent(SessionContent):
    """By the teacher of the offering."""


class SubstituteSession(SessionContent):
    """Another teacher, or other content, for one day."""

    teacher_id = identifier()


class ApproveSessionContent(Strict):
    """``guidance`` is the school's advice to the teacher."""

    on = fields.Date(required=True)
    guidance = fields.String(load_default="", validate=validate.Length(max=2000))


class ReturnSessionContent(Strict):
    on = fields.Date(required=True)
    reason = text(1000)


class GrantPriority(Strict):
    """``evidence`` and ``support`` (what the staff must know) are kept in the vault."""

    category = one_of(PRIORITIES)
    evidence = text(1000)
    support = fields.String(load_default="", validate=validate.Length(max=1000))


class ChooseOfferings(Strict):
    """Best first; an empty list takes the choices back."""

    term_id = identifier()
    offering_ids = fields.List(
        fields.String(validate=Identifier), required=True, validate=validate.Length(max=10)
    )


class AllocatePlaces(Strict):
    """``seed``: any text; it is published with the result. Without one an id is made."""

    seed = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=80)
    )


class OfPupil(Strict):
    student_id = identifier()


class ChangeCapacity(Strict):
    capacity = fields.Integer(required=True, strict=True, validate=validate.Range(0, 5000))


class Volunteer(Schema):
    staff_id = string()
    term_id = string()
    until = string(maybe=True)


class VolunteerLine(Volunteer):
    name = string(maybe=True)
    kind = string()
    screened = fields.Boolean(required=True)
    statement = fields.Boolean(required=True)
    assignable = fields.Boolean(required=True)


class Volunteers(Schema):
    items = many(VolunteerLine)


class OwnDuty(Volunteer):
    """What one reads about oneself; ``volunteers``: the consent was given, until ``until``."""

    kind = string()
    volunteers = fields.Boolean(required=True)
    screened = fields.Boolean(required=True)
    statement = fields.Boolean(required=True)
    assignable = fields.Boolean(required=True)


class Venue(Schema):
    venue_id = string()
    school_id = string()
    name = string()
    kind = string()
    capacity = fields.Integer(required=True)
    equipment = ids()
    accountable_id = string()


class VenueLine(Venue):
    """``taken``: when offerings of the term use it."""

    taken = fields.List(fields.Dict(), required=True)


class Venues(Schema):
    items = many(VenueLine)


class Offering(Schema):
    offering_id = string()
    school_id = string()
    term_id = string()
    title = string()
    service_kind = string()
    content_kind = string()
    part = string()
    subject = string(maybe=True)
    teacher_id = string()
    venue_id = string()
    capacity = fields.Integer(required=True)
    grades = fields.List(fields.Integer(), required=True)
    weekdays = fields.List(fields.Integer(), required=True)
    starts = string()
    ends = string()
    provider_of_record = string()
    taught_by = string()
    standing = string()


class OfferingLine(Offering):
    """``free`` places now; ``is_free``: without charge (individual help).

    ``provider_removed``: the outside body that teaches it leaves or has left; the offering needs
    the school's attention and cannot be opened.
    """

    teacher_name = string(maybe=True)
    venue_name = string()
    held = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    free = fields.Integer(required=True)
    is_free = fields.Boolean(required=True)
    provider_removed = fields.Boolean(required=True)
    reason = string(maybe=True)


class Offerings(Schema):
    items = many(OfferingLine)


class Content(Schema):
    offering_id = string()
    on = string()
    content_kind = string()
    teacher_id = string()
    standing = string()
    substituted = fields.Boolean(required=True)


class ContentLine(Content):
    description = string(maybe=True)
    guidance = string(maybe=True)
    reason = string(maybe=True)
    may_run = fields.Boolean(required=True)


class Contents(Schema):
    items = many(ContentLine)


class Priority(Schema):
    student_id = string()
    category = string()


class PriorityLine(Priority):
    """For office and bureau; the staff of the class read the support alone, as ``SupportNote``."""

    evidence = string(maybe=True)
    support = string(maybe=True)
    waiver_category = string(maybe=True)


class Priorities(Schema):
    items = many(PriorityLine)


class SupportNote(Schema):
    """What the staff must know to help a pupil; not why the pupil has priority."""

    student_id = string()
    support = string()


class ClassSupport(Schema):
    items = many(SupportNote)


class Choices(Schema):
    student_id = string()
    term_id = string()
    offering_ids = ids()


class AllocationState(Schema):
    """Seed, rule and input hash: with them anybody repeats the allocation."""

    allocation_id = string()
    term_id = string()
    seed = string()
    rule = string()
    input_sha256 = string()
    pupils = fields.Integer(required=True)
    placed = fields.Integer(required=True)


class PlaceState(Schema):
    """``standing``: held, waiting, offered (until ``until``) or none. ``reason``: why it waits."""

    offering_id = string()
    student_id = string()
    standing = string()
    ahead = fields.Integer(required=True)
    until = string(maybe=True)
    reason = fields.Nested(TwoLanguages, allow_none=True)


class PlaceLine(PlaceState):
    title = string()


class Explanation(Schema):
    """Why a pupil got what in the term's allocation."""

    turn = fields.Integer(required=True)
    pupils = fields.Integer(required=True)
    rank = fields.Integer(required=True)
    rule = string()
    offering_id = string(maybe=True)
    choice = fields.Integer(required=True, allow_none=True)
    text = fields.Nested(TwoLanguages, required=True)


class PlacesOfStudent(Schema):
    choices = ids()
    items = many(PlaceLine)
    explanation = fields.Nested(Explanation, required=True, allow_none=True)


class PlacesOfOffering(Schema):
    capacity = fields.Integer(required=True)
    items = many(PlaceState)


class Capacity(Schema):
    offering_id = string()
    capacity = fields.Integer(required=True)
