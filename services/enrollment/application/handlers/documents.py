"""The facts of the documents that leave the platform: the written application, the agreement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.handling import Handles, Reading
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.wire import plain
from chassis.kernel.call import Call
from contracts.enrollment import documents as said
from contracts.enrollment.agreements import GetAgreement
from services.enrollment.application.domain.form import WrittenApplication, hash_of, text_of
from services.enrollment.application.handlers import agreements, histories, scope
from services.enrollment.register.handlers import names
from services.enrollment.register.tables import people, schools

Row = dict[str, Any]


def get_application_form(reading: Reading, request: said.GetApplicationForm) -> dict[str, Any]:
    row = scope.application(reading.connection, request.application_id, reading.call)
    sent = histories.of_application(reading.log, reading.connection, row)["ApplicationSubmitted"]
    class_id = histories.class_at(reading.log, reading.connection, row, sent["seq"]) or _class_now(
        reading.connection, row
    )
    form = WrittenApplication(
        **{**sent["data"], "service_kinds": tuple(sent["data"]["service_kinds"])},
        **sent["actor"],
        class_id=class_id,
        submitted_at=sent["occurred_at"],
    )
    text = text_of(form)
    return {
        **_setting(reading.log, reading.connection, row, class_id, reading.call),
        "guardian_id": row["guardian_id"],
        "guardian_name": _name(reading.log, reading.connection, row["guardian_id"], reading.call),
        "relation": _relation(reading.connection, row),
        "service_kinds": row["service_kinds"],
        "state": row["state"],
        "submitted_at": sent["occurred_at"],
        "facts": text,
        "facts_sha256": hash_of(text),
        "consent": histories.consent_of(sent),
        "recorded": histories.record_of(sent),
    }


def get_agreement_record(reading: Reading, request: said.GetAgreementRecord) -> dict[str, Any]:
    whose = GetAgreement(application_id=request.application_id)
    agreement = agreements.get_agreement(reading, whose)
    row = scope.application(reading.connection, request.application_id, reading.call)
    found = histories.of_application(reading.log, reading.connection, row)
    class_id = _class_now(reading.connection, row)
    return {
        **_setting(reading.log, reading.connection, row, class_id, reading.call),
        **plain(agreement),
        "school_consent": _school_consent(reading.log, reading.connection, row),
        "signature": _signature(found.get("AgreementSigned")),
        "letter_signature": _signature(found.get("ResponsibilityLetterSigned")),
    }


def _signature(event: Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    return {
        **histories.consent_of(event),
        "guardian_id": event["data"]["guardian_id"],
        "text_sha256": event["data"]["text_sha256"],
        "recorded": histories.record_of(event),
    }


def _school_consent(log: EventLog, connection: Connection, row: Row) -> dict[str, Any] | None:
    # The school consents to each pupil by confirming the publicised list (P1-063): from then on
    # it cannot take an application back, so nobody of the school signs again.
    event = histories.confirmation_of(log, connection, row)
    if event is None:
        return None
    return {
        **histories.consent_of(event),
        "publicity_id": row["publicity_id"],
        "recorded": histories.record_of(event),
    }


def _setting(
    log: EventLog, connection: Connection, row: Row, class_id: str, call: Call
) -> dict[str, Any]:
    school = schools.school(connection, row["school_id"])
    term = schools.term(connection, row["term_id"])
    room = schools.school_class(connection, class_id)
    assert school is not None
    assert term is not None
    return {
        "application_id": row["application_id"],
        "school_id": school["school_id"],
        "school_name": school["name"],
        "class_id": class_id,
        "class_name": room["name"] if room else "",
        "student_id": row["student_id"],
        "student_name": _name(log, connection, row["student_id"], call),
        "term_id": term["term_id"],
        "term_name": term["name"],
        "first_day": term["first_day"],
        "last_day": term["last_day"],
    }


def _name(log: EventLog, connection: Connection, who: str, call: Call) -> str:
    assert log.vault is not None
    return names.for_caller(log.vault, connection, [who], call).get(who, "")


def _class_now(connection: Connection, row: Row) -> str:
    pupil = people.student(connection, row["student_id"])
    assert pupil is not None
    return str(pupil["class_id"])


def _relation(connection: Connection, row: Row) -> str | None:
    links = people.guardians_of(connection, row["student_id"])
    found = {each["guardian_id"]: str(each["relation"]) for each in links}
    return found.get(row["guardian_id"])


HANDLES: Handles = {
    said.GET_APPLICATION_FORM: get_application_form,
    said.GET_AGREEMENT_RECORD: get_agreement_record,
}
