"""Requests and answers about school-term plans, written rules and the semester pack."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.enrollment.replies import TwoLanguages, many, string
from contracts.enrollment.vocabulary import ids, one_of
from contracts.shapes import Identifier, Strict, identifier

ACTIVITIES = ("staff_meeting", "parents_meeting", "leading_group_check")
DECLARATIONS = ("curriculum_complete",)
HELPER_ROLES = ("class_cadre", "pioneer_cadre", "league_cadre", "team_cadre")
DOCUMENTS = (
    "implementation_plan",
    "safety_plan",
    "safety_guarantee",
    "home_school_contact",
    "entry_exit",
    "publicity",
    "care_log",
    "safety_measures",
)
Word = validate.Regexp(r"[a-z][a-z0-9_]{0,39}\Z", error="1 to 40 lower-case letters, digits, _.")
Item = validate.Regexp(
    r"(duty:)?[a-z][a-z0-9_]{0,39}\Z", error="An item of the checklist, or duty:<duty>."
)
Persons = fields.List(fields.String(validate=Identifier), required=True)


def text(longest: int = 4000) -> fields.String:
    """Return a required field for a text that is kept in the vault."""
    return fields.String(required=True, validate=validate.Length(min=1, max=longest))


class EstablishLeadingGroup(Strict):
    """Members of staff; the head is one person."""

    head_id = identifier()
    member_ids = fields.List(
        fields.String(validate=Identifier), required=True, validate=validate.Length(max=40)
    )


class SetManagementTeam(Strict):
    """``posts``: post → the member of staff who holds it."""

    posts = fields.Dict(
        keys=fields.String(validate=Word),
        values=fields.String(validate=Identifier),
        required=True,
        validate=validate.Length(min=1, max=40),
    )


class AssignDuty(Strict):
    duty = fields.String(required=True, validate=Word)
    staff_id = identifier()


class RecordStageActivity(Strict):
    """``minutes`` is the record of what was said and decided, or where it is kept."""

    kind = one_of(ACTIVITIES)
    held_on = fields.Date(required=True)
    minutes = text(20_000)


class MakeDeclaration(Strict):
    declaration = one_of(DECLARATIONS)


class DiscloseService(Strict):
    """What the public page shows (P2-048)."""

    mode = text()
    content = text()
    safety_measures = text()


class ExplainOmission(Strict):
    item = fields.String(required=True, validate=Word)
    reason = text(1000)


class ReturnPlan(Strict):
    """``items`` of the checklist that the reason is about."""

    reason = text(2000)
    items = fields.List(fields.String(validate=Item), load_default=list)


class PublishRule(Strict):
    document = one_of(DOCUMENTS)
    text = text(100_000)


class PupilHelper(Strict):
    """``role``: a cadre of the class, the Young Pioneers or the Youth League (P2-058)."""

    student_id = identifier()
    role = one_of(HELPER_ROLES)


class ListPlans(Strict):
    """For a bureau: what waits for it."""


class PlanState(Schema):
    """``in_force`` is the approved version, null before the first approval."""

    term_id = string()
    school_id = string()
    standing = string()
    version = fields.Integer(required=True)
    in_force = fields.Integer(required=True, allow_none=True)


class ChecklistItem(Schema):
    """``state``: done, explained or missing; ``stage``: survey, preparation or opening."""

    item = string()
    stage = string()
    state = string()
    explainable = fields.Boolean(required=True)
    clauses = ids()
    name = fields.Nested(TwoLanguages, required=True)
    reason = string(maybe=True)


class Answerable(Schema):
    """Who answers for a duty, a post, a venue or an offering; or is in the leading group.

    ``kind``: duty, head, member, post, venue or offering.
    """

    what = string()
    kind = string()
    staff_id = string(maybe=True)
    name = string(maybe=True)


class Meeting(Schema):
    """The newest of its kind; ``minutes`` are for the office and the bureau."""

    kind = string()
    held_on = string()
    minutes = string(maybe=True)


class Review(Schema):
    """``reason`` says why a version was returned."""

    version = fields.Integer(required=True)
    submitted_at = string()
    decided_at = string(maybe=True)
    outcome = string(maybe=True)
    items = ids()
    reason = string(maybe=True)
    documents = fields.Dict(required=True)


class TeacherLeaving(Schema):
    """From ``from_day`` on the offering needs another teacher."""

    offering_id = string()
    title = string()
    staff_id = string()
    name = string(maybe=True)
    from_day = string()


class TermPlan(PlanState):
    """The cockpit: one list of what is there and what is missing before the service may open."""

    first_day = string()
    last_day = string()
    checklist = many(ChecklistItem)
    missing = fields.Integer(required=True)
    next = string()
    answerable = many(Answerable)
    teachers_leaving = many(TeacherLeaving)
    reviews = many(Review)
    meetings = many(Meeting)
    disclosed = fields.Boolean(required=True)
    feature_share_bp = fields.Integer(required=True, allow_none=True)
    contacts_short = fields.Integer(required=True)
    applications_open = fields.Boolean(required=True)


class Disclosure(Schema):
    """What the public reads of a school's service."""

    term_id = string()
    school_id = string()
    school_name = string()
    mode = string()
    content = string()
    safety_measures = string()
    text_sha256 = string()


class Rule(Schema):
    document = string()
    version = fields.Integer(required=True)
    text_sha256 = string()
    published_at = string()
    text = string()


class Rules(Schema):
    """``missing`` are the written rules that must be there and are not."""

    items = many(Rule)
    missing = ids()


class RuleState(Schema):
    school_id = string()
    document = string()
    version = fields.Integer(required=True)


class HelperRoles(Schema):
    student_id = string()
    term_id = string()
    roles = ids()


class HelperLine(Schema):
    student_id = string()
    term_id = string()
    role = string()
    name = string()


class Helpers(Schema):
    items = many(HelperLine)


class WaitingReview(Schema):
    """A plan that waits for the bureau."""

    term_id = string()
    term_name = string()
    school_id = string()
    school_name = string()
    version = fields.Integer(required=True)
    submitted_at = string()
    days_waiting = fields.Integer(required=True)


class FilingState(Schema):
    """``state``: missing, overdue, filed, changed (file it again) or acknowledged."""

    term_id = string()
    term_name = string()
    school_id = string()
    school_name = string()
    state = string()
    due_on = string()
    days_overdue = fields.Integer(required=True)
    filing = fields.Integer(required=True)


class DistrictPlans(Schema):
    """Reviews with the days that they have waited, and the filings that are missing or late."""

    reviews = many(WaitingReview)
    filings = many(FilingState)


class Pack(FilingState):
    """The five parts, built from what is on record; ``missing`` names those that are empty."""

    parts = fields.Dict(required=True)
    missing = ids()
    pack_sha256 = string()
