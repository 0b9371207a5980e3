"""One-time codes: issuing, showing to the guardian, finding at the gate."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import CHINA, Call
from chassis.kernel.errors import BusinessRuleViolation
from contracts.attendance import pickup as said
from registers import pupils
from services.attendance import scope
from services.attendance.custody.domain import gate
from services.attendance.custody.domain.custody import CUSTODY, IssueCode, refusal
from services.attendance.custody.domain.whereabouts import Code, Custody
from services.attendance.custody.tables import codes
from services.attendance.pickup.domain import PICKUP_LIST, PickupList, standing


def issue_pickup_code(
    work: UnitOfWork, request: said.IssuePickupCode, call: Call
) -> Reply[said.IssuedCode]:
    student_id, receiver_id, day = request.student_id, request.receiver_id, call.today
    custody_stream = f"custody-{student_id}-{day.isoformat()}"
    listed, custody = work.load_each({f"pickup-{student_id}": PICKUP_LIST, custody_stream: CUSTODY})
    code, code_hash = _unused(work, day)
    command = IssueCode(
        code_id=new_id(),
        student_id=student_id,
        receiver_id=receiver_id,
        standing=standing(listed, receiver_id, day),
        code_hash=code_hash,
        date=day,
        expires_at=datetime.combine(day + timedelta(days=1), time(), CHINA),
    )
    version = work.append(custody_stream, CUSTODY.decide(custody, command))
    # One field per adult: a newer code overwrites the older one's digits.
    work.vault.put(student_id, **{_field(receiver_id): f"{command.code_id}:{code}"})
    body = said.IssuedCode(
        code_id=command.code_id,
        student_id=student_id,
        receiver_id=receiver_id,
        expires_at=command.expires_at.isoformat(),
        code=None,  # added to each answer, not stored with the outcome
    )
    return Reply(body, version, created=True)


def with_code(reading: Reading, body: dict[str, Any]) -> dict[str, Any]:
    """Add the digits to the answer of ``issue_pickup_code``; they are stored in the vault only."""
    kept = reading.vault.session(reading.connection).get(
        body["student_id"], _field(body["receiver_id"])
    )
    return {**body, "code": _digits(kept, body["code_id"])}


def get_pickup_code(reading: Reading, request: said.GetPickupCode) -> said.LiveCodes:
    pupil = scope.student(reading.connection, request.student_id, reading.call)
    student_id, day = pupil.student_id, reading.call.today
    listed, custody = _read(reading.log, reading.connection, pupil.school_id, student_id, day)
    live = [c for c in reversed(custody.codes) if _opens(c, listed, reading.call)]
    personal = reading.vault.session(reading.connection).get_many(
        [student_id, *(c.receiver_id for c in live)]
    )
    items = (
        said.LiveCode(
            code_id=code.code_id,
            receiver_id=code.receiver_id,
            relation=listed[code.receiver_id].terms.relation,
            name=personal.get(code.receiver_id, {}).get("name"),
            # None once the child is erased: a live code that nobody can read any more.
            code=_digits(personal[student_id].get(_field(code.receiver_id)), code.code_id),  # type: ignore[arg-type]
            expires_at=code.expires_at.isoformat(),
        )
        for code in live
    )
    return said.LiveCodes(student_id=student_id, date=day.isoformat(), items=tuple(items))


def find_code(reading: Reading, request: said.FindCode) -> said.FoundCode:
    school_id = request.school_id
    reading.call.require_school(school_id)
    found = codes.code(
        reading.connection,
        school_id,
        reading.call.today,
        hash_of(reading.log, school_id, request.code),
    )
    if found is None:
        return _found(gate.unknown_code())
    student_id, receiver_id = found.student_id, found.receiver_id
    listed, custody = _read(
        reading.log, reading.connection, school_id, student_id, reading.call.today
    )
    code = next(code for code in custody.codes if code.code_id == found.code_id)
    reason = refusal(custody, standing(listed, receiver_id, reading.call.today))
    if reason is None and not (code.live and reading.call.now < code.expires_at):
        reason = "code-expired"
    student = pupils.find(reading.connection, student_id)
    return _found(
        gate.error(reason) if reason else None,
        student_id=student_id,
        class_id=student.class_id if student else None,
        receiver_id=receiver_id,
        receiver_name=reading.vault.session(reading.connection).get(receiver_id, "name"),
        relation=listed[receiver_id].terms.relation,
    )


def hash_of(log: EventLog, school_id: str, code: str) -> str:
    """Return the keyed hash under which a code is known at a school."""
    assert log.vault is not None
    digits = "".join(unicodedata.normalize("NFKC", code).split())
    return log.vault.fingerprint("pickup-code", f"{school_id}:{digits}")


def _found(
    refused: BusinessRuleViolation | None,
    *,
    student_id: str | None = None,
    class_id: str | None = None,
    receiver_id: str | None = None,
    receiver_name: str | None = None,
    relation: str | None = None,
) -> said.FoundCode:
    return said.FoundCode(
        ok=refused is None,
        reason=refused.code if refused else None,
        detail={"zh": refused.zh, "en": refused.en} if refused else None,
        student_id=student_id,
        class_id=class_id,
        receiver_id=receiver_id,
        receiver_name=receiver_name,
        relation=relation,
    )


def _unused(work: UnitOfWork, day: date) -> tuple[str, str]:
    while True:
        code = f"{secrets.randbelow(1_000_000):06d}"
        code_hash = hash_of(work.log, work.partition, code)
        if codes.code(work.connection, work.partition, day, code_hash) is None:
            return code, code_hash


def _read(
    log: EventLog, connection: Connection, school_id: str, student_id: str, day: date
) -> tuple[PickupList, Custody]:
    ids = [f"pickup-{student_id}", f"custody-{student_id}-{day.isoformat()}"]
    listed, custody = log.streams(connection, school_id, ids).values()
    return PICKUP_LIST.fold(e for e, _ in listed), CUSTODY.fold(e for e, _ in custody)


def _opens(code: Code, listed: PickupList, call: Call) -> bool:
    authorised = standing(listed, code.receiver_id, call.today).state == "valid"
    return code.live and call.now < code.expires_at and authorised


def _field(receiver_id: str) -> str:
    # Hashed because a vault field's name is at most 64 characters, and so is an id alone.
    return f"code-{hashlib.sha256(receiver_id.encode()).hexdigest()[:32]}"


def _digits(kept: str | None, code_id: str) -> str | None:
    return kept.removeprefix(f"{code_id}:") if kept and kept.startswith(f"{code_id}:") else None
