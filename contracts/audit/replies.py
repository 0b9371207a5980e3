"""What audit answers: one item per school, sorted by name, schools without events too."""

from __future__ import annotations

from marshmallow import Schema, fields


class SchoolItem(Schema):
    """What every view says of a school."""

    school_id = fields.String(required=True)
    school_name = fields.String(required=True)
    district_id = fields.String(required=True)


class EnrollmentTerm(Schema):
    """The facts counted in one term; ``enrolled`` without those who withdrew."""

    term_id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    applied = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    declined = fields.Integer(required=True)
    enrolled = fields.Integer(required=True)
    withdrawn = fields.Integer(required=True)


class EnrollmentItem(SchoolItem):
    """Applications and enrolments of a school; the totals span ``terms``."""

    applied = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    declined = fields.Integer(required=True)
    enrolled = fields.Integer(required=True)
    withdrawn = fields.Integer(required=True)
    terms = fields.List(fields.Nested(EnrollmentTerm), required=True)


class PlanTerm(Schema):
    """One term's plan and filing. ``submitted_at`` and ``days_waiting`` while a review is open."""

    term_id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    first_day = fields.String(required=True, allow_none=True)
    standing = fields.String(required=True)
    in_force = fields.Integer(required=True, allow_none=True)
    submitted_at = fields.String(required=True, allow_none=True)
    decided_at = fields.String(required=True, allow_none=True)
    days_waiting = fields.Integer(required=True, allow_none=True)
    returns = fields.Integer(required=True)
    started_on = fields.String(required=True, allow_none=True)
    filing = fields.Integer(required=True)
    filed_at = fields.String(required=True, allow_none=True)
    acknowledged = fields.Integer(required=True)


class PlansItem(SchoolItem):
    """How many terms' plans are being prepared, wait, were returned, are approved, run."""

    preparing = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    approved = fields.Integer(required=True)
    running = fields.Integer(required=True)
    unacknowledged = fields.Integer(required=True)
    longest_wait_days = fields.Integer(required=True)
    terms = fields.List(fields.Nested(PlanTerm), required=True)


class FundsMonth(Schema):
    """One month of a school's ledger."""

    month = fields.String(required=True)
    standard_fen = fields.Integer(required=True)
    waived_fen = fields.Integer(required=True)
    charged_fen = fields.Integer(required=True)
    collected_fen = fields.Integer(required=True)
    pupils_charged = fields.Integer(required=True)
    pupils_waived = fields.Integer(required=True)


class FundsItem(SchoolItem):
    """A school's ledger: charged = standard - waived, open = charged - collected; by ``months``."""

    currency = fields.String(required=True)
    standard_fen = fields.Integer(required=True)
    waived_fen = fields.Integer(required=True)
    charged_fen = fields.Integer(required=True)
    collected_fen = fields.Integer(required=True)
    open_fen = fields.Integer(required=True)
    months = fields.List(fields.Nested(FundsMonth), required=True)


class PresentChild(Schema):
    """A child in the school's care; since when, and on which day the child was checked in."""

    student_id = fields.String(required=True)
    class_id = fields.String(required=True)
    session_id = fields.String(required=True)
    date = fields.String(required=True)
    since = fields.String(required=True)


class CustodyItem(SchoolItem):
    """Today's counts of a school, and who has not been handed over.

    ``present`` counts every child in the school's care, ``left_over`` those from earlier days.
    ``children`` names them by id when one school is asked for.
    """

    date = fields.String(required=True)
    checked_in = fields.Integer(required=True)
    handed_over = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    refusals = fields.Integer(required=True)
    present = fields.Integer(required=True)
    left_over = fields.Integer(required=True)
    children = fields.List(fields.Nested(PresentChild), required=True)


class Incident(Schema):
    """One incident; ``minutes_to_notice`` is None until the guardians were told."""

    incident_id = fields.String(required=True)
    severity = fields.String(required=True)
    category = fields.String(required=True)
    occurred_at = fields.String(required=True)
    guardian_notified_at = fields.String(required=True, allow_none=True)
    minutes_to_notice = fields.Integer(required=True, allow_none=True)
    pupils = fields.Integer(required=True)


class IncidentsItem(SchoolItem):
    """Incidents of a school: counts over all, and the newest ones."""

    reported = fields.Integer(required=True)
    not_notified = fields.Integer(required=True)
    by_severity = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    incidents = fields.List(fields.Nested(Incident), required=True)


class Freshness(Schema):
    """How far an answer can be trusted.

    ``complete``: everything that the owners are known to have recorded is in. ``lag_ms`` is 0 then,
    else the age of what the slowest school shows. ``heads_seen_at`` is when the owners were last
    asked how far they are.
    """

    view = fields.String(required=True)
    as_of = fields.String(required=True)
    lag_ms = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
    heads_seen_at = fields.String(required=True, allow_none=True)
    next = fields.String(required=True, allow_none=True)


class Enrollment(Freshness):
    items = fields.List(fields.Nested(EnrollmentItem), required=True)


class Plans(Freshness):
    items = fields.List(fields.Nested(PlansItem), required=True)


class Funds(Freshness):
    items = fields.List(fields.Nested(FundsItem), required=True)


class Custody(Freshness):
    items = fields.List(fields.Nested(CustodyItem), required=True)


class Incidents(Freshness):
    items = fields.List(fields.Nested(IncidentsItem), required=True)


VIEWS = {
    "enrollment": Enrollment(),
    "plans": Plans(),
    "funds": Funds(),
    "custody": Custody(),
    "incidents": Incidents(),
}


class Progress(Schema):
    """How far a rebuild is: events and parts (one service's log of one school)."""

    events_total = fields.Integer(required=True)
    events_done = fields.Integer(required=True)
    parts_total = fields.Integer(required=True)
    parts_done = fields.Integer(required=True)


class Rebuild(Schema):
    """A rebuild, or a rollback to the generation before.

    ``state``: requested, running, paused, ready, swapped, cancelled, failed. ``report`` compares
    each view's live rows with the rebuilt ones, and names the events that could not be folded.
    """

    rebuild_id = fields.String(required=True)
    kind = fields.String(required=True)
    views = fields.List(fields.String(), required=True)
    generation = fields.Integer(required=True)
    state = fields.String(required=True)
    swap = fields.Integer(required=True)
    jobs = fields.Integer(required=True)
    requested_by = fields.String(required=True)
    requested_at = fields.String(required=True)
    started_at = fields.String(required=True, allow_none=True)
    finished_at = fields.String(required=True, allow_none=True)
    report = fields.Dict(required=True, allow_none=True)
    progress = fields.Nested(Progress, required=True)


class Rebuilds(Schema):
    """The newest rebuilds, the newest first."""

    items = fields.List(fields.Nested(Rebuild), required=True)


class TreeLog(Schema):
    """One log under a head: how many events, and the root of its tree."""

    service = fields.String(required=True)
    size = fields.Integer(required=True)
    root = fields.String(required=True)


class SignedHead(Schema):
    """A signed tree head as it travels: the ``signature`` (base64) is over the ``document``."""

    document = fields.String(required=True)
    signature = fields.String(required=True)
    key_id = fields.String(required=True)


class TreeHead(SignedHead):
    """A signed tree head of a school."""

    partition = fields.String(required=True)
    number = fields.Integer(required=True)
    signed_at = fields.String(required=True)
    logs = fields.List(fields.Nested(TreeLog), required=True)
    public_key = fields.String(required=True)


class TreeHeads(Schema):
    """Signed tree heads, and the public key (hex) to check them with."""

    public_key = fields.String(required=True)
    items = fields.List(fields.Nested(TreeHead), required=True)


class InclusionProof(Schema):
    """That one event is in its log, under the school's newest signed head."""

    format = fields.String(required=True)
    service = fields.String(required=True)
    partition = fields.String(required=True)
    seq = fields.Integer(required=True)
    event = fields.String(required=True)
    path = fields.List(fields.String(), required=True)
    head = fields.Nested(SignedHead, required=True)


class ConsistencyProof(Schema):
    """That the second head only adds to the first."""

    format = fields.String(required=True)
    partition = fields.String(required=True)
    paths = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    first = fields.Nested(SignedHead, required=True)
    second = fields.Nested(SignedHead, required=True)


class Finding(Schema):
    """Something that a check found wrong, and what helps."""

    what = fields.String(required=True)
    service = fields.String(required=True)
    partition = fields.String(required=True)
    seq = fields.Integer(required=True)
    detail = fields.String(required=True)
    help = fields.String(required=True)
    found_at = fields.String(required=True)


class Findings(Schema):
    """What the continuous checks found, and when they looked."""

    items = fields.List(fields.Nested(Finding), required=True)
    oldest_look = fields.String(required=True, allow_none=True)
    newest_look = fields.String(required=True, allow_none=True)
