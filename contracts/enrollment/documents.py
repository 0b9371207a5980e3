"""Documents that leave the platform: the written application and the agreement."""

from __future__ import annotations

from contracts.shapes import Id, query, reply, request


@request
class GetApplicationForm:
    application_id: Id


@request
class GetAgreementRecord:
    application_id: Id


@reply
class Consent:
    """Which account, in which role, and when."""

    account_id: str
    role: str
    at: str


@reply
class Recorded:
    """Where the fact stands in the log; a proof of it can be asked for."""

    service: str
    partition: str
    seq: int
    event_id: str


@reply
class Setting:
    """School, pupil and term of a document; names are masked for a bureau."""

    application_id: str
    school_id: str
    school_name: str
    class_id: str
    class_name: str
    student_id: str
    student_name: str
    term_id: str
    term_name: str
    first_day: str
    last_day: str


@reply
class ApplicationForm(Setting):
    """The form as it was sent; ``class_name`` is the class of that day, ``state`` today's.

    ``facts`` is the hashed text: the form and the consent, persons by id only.
    """

    guardian_id: str
    guardian_name: str
    relation: str | None
    service_kinds: tuple[str, ...]
    state: str
    submitted_at: str
    facts: str
    facts_sha256: str
    consent: Consent
    recorded: Recorded


@reply
class Signature(Consent):
    """``text_sha256`` is the hash of the text as it was signed."""

    guardian_id: str
    text_sha256: str
    recorded: Recorded


@reply
class SchoolConsent(Consent):
    """The school's side of the agreement: who confirmed the publicised list with the pupil."""

    publicity_id: str
    recorded: Recorded


@reply
class AgreementRecord(Setting):
    """The agreement with who consented on both sides and when; each is null before that."""

    agreement_version: str
    text: str
    text_sha256: str
    letter_version: str | None
    letter_text: str | None
    letter_sha256: str | None
    parties: dict[str, object]
    signed: bool
    school_consent: SchoolConsent | None
    signature: Signature | None
    letter_signature: Signature | None


GET_APPLICATION_FORM = query(
    "get_application_form",
    "/applications/{application_id}/form",
    "Show the written application as it was sent, with its hash and the consent",
    GetApplicationForm,
    ApplicationForm,
    roles=("guardian", "school_office", "school_finance", "bureau"),
    reads=("student_id", "enrolment"),
)
GET_AGREEMENT_RECORD = query(
    "get_agreement_record",
    "/applications/{application_id}/agreement-record",
    "Show the agreement with the record of its signature",
    GetAgreementRecord,
    AgreementRecord,
    roles=("guardian", "school_office", "school_finance", "bureau"),
    reads=("student_id", "enrolment"),
)
