"""Events that enrollment publishes. Stored for ever: a field is never renamed or removed.

District, ``PolicyVersionActivated``: partition is the district. All others: the school.
"""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.enrollment import (
    consent_events,
    offering_events,
    placement_events,
    plan_events,
    proposal_events,
)
from contracts.enrollment.export_events import ExportMade
from contracts.enrollment.listening_events import SCHEMAS as LISTENING
from contracts.enrollment.vocabulary import (
    AREAS,
    PROFILES,
    RELATIONS,
    SCHOOL_TYPES,
    STAFF_KINDS,
    ids,
    one_of,
    service_kinds,
)
from contracts.shapes import Strict, identifier


class DistrictRegistered(Strict):
    district_id = identifier()
    name = fields.String(required=True)
    profile = one_of(PROFILES)


class PolicyVersionActivated(Strict):
    """All parameters in force from now on (``contracts.enrollment.parameters``)."""

    district_id = identifier()
    profile = one_of(PROFILES)
    version = fields.Integer(required=True, strict=True)
    effective_from = fields.Date(required=True)
    parameters = fields.Dict(keys=fields.String(), required=True)
    unset = fields.List(fields.String(), required=True)
    changed = fields.List(fields.String(), required=True)
    reason_code = fields.String()


class SchoolRegisteredWithoutType(Strict):
    """``SchoolRegistered`` as it was before schools had a type (version 1)."""

    school_id = identifier()
    district_id = identifier()
    name = fields.String(required=True)
    profile = one_of(PROFILES)
    stage = one_of(("primary", "junior"))
    area = one_of(AREAS)


class SchoolRegistered(SchoolRegisteredWithoutType):
    """``school_type`` is null where nobody said it (P2-011)."""

    school_type = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(SCHOOL_TYPES)
    )


class ClassOpened(Strict):
    """``name`` is "三年级2班"; grades run from 1 to 9."""

    class_id = identifier()
    school_id = identifier()
    grade = fields.Integer(required=True, strict=True)
    name = fields.String(required=True)


class TermOpened(Strict):
    term_id = identifier()
    school_id = identifier()
    name = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class StaffRegistered(Strict):
    staff_id = identifier()
    school_id = identifier()
    kind = one_of(STAFF_KINDS)


class StudentRegistered(Strict):
    student_id = identifier()
    school_id = identifier()
    class_id = identifier()
    grade = fields.Integer(required=True, strict=True)


class StudentMoved(Strict):
    student_id = identifier()
    class_id = identifier()


class StudentDetailsChanged(Strict):
    """Which details changed; the details themselves are in the vault."""

    student_id = identifier()
    fields_ = fields.List(fields.String(), required=True, data_key="fields")


class GuardianRegistered(Strict):
    guardian_id = identifier()


class GuardianLinked(Strict):
    guardian_id = identifier()
    student_id = identifier()
    relation = one_of(RELATIONS)


class GuardianBlocked(Strict):
    """The school keeps a guardian from a pupil; the proof is in the vault."""

    student_id = identifier()
    guardian_id = identifier()


class GuardianUnblocked(Strict):
    """The block is lifted."""

    student_id = identifier()
    guardian_id = identifier()


class RosterImported(Strict):
    """A roster file was imported: how many of its rows came to what."""

    import_id = identifier()
    file_kind = one_of(("oneroster-1.2-csv", "xlsx", "csv"))
    created = fields.Integer(required=True, strict=True)
    updated = fields.Integer(required=True, strict=True)
    unchanged = fields.Integer(required=True, strict=True)
    refused = fields.Integer(required=True, strict=True)
    skipped = fields.Integer(required=True, strict=True)


class ApplicationSubmitted(Strict):
    application_id = identifier()
    school_id = identifier()
    student_id = identifier()
    term_id = identifier()
    guardian_id = identifier()
    service_kinds = service_kinds()


class ParticipationDeclined(Strict):
    """The answer "not take part", one like any other (P1-060); it also ends an open application."""

    school_id = identifier()
    student_id = identifier()
    term_id = identifier()
    guardian_id = identifier()


class ApplicationAccepted(Strict):
    application_id = identifier()
    student_id = identifier()
    term_id = identifier()


class ApplicationRejected(Strict):
    """The reason is in the vault, under the application's id."""

    application_id = identifier()
    student_id = identifier()
    term_id = identifier()


class AcceptedListPublished(Strict):
    """Publicised until the end of ``closes_on``."""

    publicity_id = identifier()
    school_id = identifier()
    term_id = identifier()
    application_ids = ids()
    published_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)


class ListConfirmed(Strict):
    """Who of the publicised list stands confirmed; those who declined meanwhile are not in it."""

    publicity_id = identifier()
    school_id = identifier()
    term_id = identifier()
    application_ids = ids()


class ObjectionRaised(Strict):
    """Against a publicised list, while it is shown; the text is in the vault."""

    publicity_id = identifier()
    objection_id = identifier()


class ObjectionResolved(Strict):
    """The school's answer is in the vault; ``upheld``: it agrees."""

    publicity_id = identifier()
    objection_id = identifier()
    upheld = fields.Boolean(required=True)


class AgreementSigned(Strict):
    """``text_sha256`` is the hash of the agreement's text, which names persons by id only."""

    application_id = identifier()
    student_id = identifier()
    term_id = identifier()
    guardian_id = identifier()
    agreement_version = fields.String(required=True)
    text_sha256 = fields.String(required=True, validate=validate.Length(equal=64))


class StudentEnrolledBeforePlans(Strict):
    """``StudentEnrolled`` as it was before an enrolment named its plan (version 1)."""

    application_id = identifier()
    school_id = identifier()
    student_id = identifier()
    class_id = identifier()
    term_id = identifier()
    service_kinds = service_kinds()
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class StudentEnrolled(StudentEnrolledBeforePlans):
    """From ``starts_on`` the pupil is on the roster of the service; ``ends_on`` is the last day.

    ``plan_version``: the approved version of the school-term plan under which it happens (P1-065).
    """

    plan_version = fields.Integer(required=True, strict=True, allow_none=True)


EVENTS = {
    (schema.__name__, 1): schema()
    for schema in (
        DistrictRegistered,
        PolicyVersionActivated,
        ClassOpened,
        TermOpened,
        StaffRegistered,
        StudentRegistered,
        StudentMoved,
        StudentDetailsChanged,
        GuardianRegistered,
        GuardianLinked,
        GuardianBlocked,
        GuardianUnblocked,
        RosterImported,
        ApplicationSubmitted,
        ParticipationDeclined,
        ApplicationAccepted,
        ApplicationRejected,
        AcceptedListPublished,
        ListConfirmed,
        ObjectionRaised,
        ObjectionResolved,
        AgreementSigned,
        *proposal_events.SCHEMAS,
        *consent_events.SCHEMAS,
        *plan_events.SCHEMAS,
        *offering_events.SCHEMAS,
        *LISTENING,
        *placement_events.SCHEMAS,
        StudentEnrolled,
        ExportMade,
    )
} | {
    ("SchoolRegistered", 1): SchoolRegisteredWithoutType(),
    ("SchoolRegistered", 2): SchoolRegistered(),
    ("StudentEnrolled", 1): StudentEnrolledBeforePlans(),
    ("StudentEnrolled", 2): StudentEnrolled(),
}
