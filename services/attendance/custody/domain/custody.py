"""Custody: one pupil, one day; in whose care the child is, and with whom it left.

Rules:
    1. A roll checks a pupil in or marks them absent; the latest session's roll stands, and a
       correction of an earlier one does not move the child.
    2. A pupil in care leaves with an adult who is authorised that day and shows the one-time code
       issued for that pupil, adult and day (P1-084, P2-102); at most once a day.
    3. A new code replaces the adult's earlier one. Five wrong tries lock the pupil's codes until a
       guardian issues a new one.
    4. A refusal is an event: who came, and why they left without the child.
"""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.attendance.handover import ChildHandedOver, PickupRefused
from contracts.attendance.pickup import PickupCodeIssued
from contracts.attendance.sessions import Absence, PupilCheckedIn, PupilMarkedAbsent
from services.attendance.custody.domain import gate
from services.attendance.custody.domain.whereabouts import (
    Away,
    Code,
    Custody,
    Expected,
    HandedOver,
    InCare,
    Where,
)
from services.attendance.pickup.domain import Standing

MAX_WRONG_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    student_id: str
    session_id: str
    class_id: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAbsent:
    student_id: str
    session_id: str
    class_id: str
    date: dt.date
    status: Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCode:
    code_id: str
    student_id: str
    receiver_id: str
    standing: Standing
    code_hash: str
    date: dt.date
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """``spent``: the code shown was this pupil's on an earlier day."""

    student_id: str
    school_id: str
    receiver_id: str
    standing: Standing
    code_hash: str
    spent: bool
    guard_id: str
    date: dt.date
    now: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusePickup:
    student_id: str
    receiver_id: str | None
    reason: str
    guard_id: str
    date: dt.date


CustodyCommand: TypeAlias = CheckIn | MarkAbsent | IssueCode | HandOver | RefusePickup
CustodyEvent: TypeAlias = (
    PupilCheckedIn | PupilMarkedAbsent | PickupCodeIssued | PickupRefused | ChildHandedOver
)


def decide(state: Custody, command: CustodyCommand) -> list[CustodyEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case CheckIn():
            return _check_in(state, command)
        case MarkAbsent():
            return _mark_absent(state, command)
        case IssueCode():
            return _issue(state, command)
        case HandOver():
            return _hand_over(state, command)
        case RefusePickup():
            return [_refused(command, command.reason)]
        case _:
            assert_never(command)


def evolve(state: Custody, event: CustodyEvent) -> Custody:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case PupilCheckedIn(session_id=session_id, class_id=class_id):
            return _rolled(state, session_id, InCare(session_id, class_id))
        case PupilMarkedAbsent(session_id=session_id, status=status):
            return _rolled(state, session_id, Away(session_id, status))
        case PickupCodeIssued(receiver_id=receiver_id):
            older = (replace(c, live=c.live and c.receiver_id != receiver_id) for c in state.codes)
            code = Code(event.code_id, receiver_id, event.code_hash, event.expires_at)
            return replace(state, codes=(*older, code), wrong_tries=0)
        case PickupRefused(reason=reason):
            wrong = reason in gate.WRONG_TRIES
            return replace(state, wrong_tries=state.wrong_tries + 1) if wrong else state
        case ChildHandedOver(session_id=session_id):
            used = tuple(replace(code, live=False) for code in state.codes)
            return replace(state, where=HandedOver(session_id), codes=used)
        case _:
            assert_never(event)


CUSTODY: Decider[Custody, CustodyCommand, CustodyEvent] = Decider(Custody(), decide, evolve)


def knows(state: Custody, code_hash: str) -> bool:
    """Whether a code of today has this hash."""
    return any(hmac.compare_digest(code.code_hash, code_hash) for code in state.codes)


def refusal(state: Custody, standing: Standing) -> str | None:
    """Return why nobody could fetch the pupil now with this standing, whatever the code."""
    match state.where:
        case HandedOver():
            return "already-handed-over"
        case Expected() | Away():
            return "not-in-care"
        case InCare():
            pass
        case _:
            assert_never(state.where)
    if standing.state == "revoked":
        return "receiver-revoked"
    if standing.state != "valid":
        return "receiver-not-authorised"
    return "code-locked" if state.wrong_tries >= MAX_WRONG_TRIES else None


def _rolled(state: Custody, session_id: str, where: Where) -> Custody:
    seen = state.sessions
    return replace(state, where=where, sessions=seen if session_id in seen else (*seen, session_id))


def _moved_on(state: Custody, session_id: str) -> bool:
    return session_id in state.sessions and state.sessions[-1] != session_id


def _check_in(state: Custody, command: CheckIn) -> list[CustodyEvent]:
    there = InCare(command.session_id, command.class_id)
    gone = isinstance(state.where, HandedOver)
    if gone or state.where == there or _moved_on(state, command.session_id):
        return []
    return [
        PupilCheckedIn(
            student_id=command.student_id,
            session_id=command.session_id,
            class_id=command.class_id,
            date=command.date,
        )
    ]


def _mark_absent(state: Custody, command: MarkAbsent) -> list[CustodyEvent]:
    if isinstance(state.where, HandedOver):
        raise gate.error("already-handed-over")
    same = state.where == Away(command.session_id, command.status)
    if same or _moved_on(state, command.session_id):
        return []
    return [
        PupilMarkedAbsent(
            student_id=command.student_id,
            session_id=command.session_id,
            class_id=command.class_id,
            date=command.date,
            status=command.status,
        )
    ]


def _issue(state: Custody, command: IssueCode) -> list[CustodyEvent]:
    if isinstance(state.where, HandedOver):
        raise gate.error("already-handed-over")
    if command.standing.state != "valid":
        revoked = command.standing.state == "revoked"
        raise gate.error("receiver-revoked" if revoked else "receiver-not-authorised")
    return [
        PickupCodeIssued(
            code_id=command.code_id,
            student_id=command.student_id,
            receiver_id=command.receiver_id,
            code_hash=command.code_hash,
            date=command.date,
            expires_at=command.expires_at,
        )
    ]


def _hand_over(state: Custody, command: HandOver) -> list[CustodyEvent]:
    found = refusal(state, command.standing)
    if found is not None:
        return [_refused(command, found)]
    # Every code is compared, in constant time: how long it takes tells nothing about them.
    shown = [c for c in state.codes if hmac.compare_digest(c.code_hash, command.code_hash)]
    own = [code for code in shown if code.receiver_id == command.receiver_id]
    live = next((code for code in own if code.live and command.now < code.expires_at), None)
    if live is None:
        return [_refused(command, _wrong(own, shown, command.spent))]
    assert isinstance(state.where, InCare)
    assert command.standing.relation is not None
    return [
        ChildHandedOver(
            student_id=command.student_id,
            school_id=command.school_id,
            class_id=state.where.class_id,
            session_id=state.where.session_id,
            receiver_id=command.receiver_id,
            relation=command.standing.relation,
            proof=("one_time_code",),
            guard_id=command.guard_id,
            code_id=live.code_id,
            place="gate",
            date=command.date,
        )
    ]


def _wrong(own: list[Code], shown: list[Code], spent: bool) -> str:
    if own or spent:
        return "code-expired"
    return "code-of-another-receiver" if shown else "wrong-code"


def _refused(command: HandOver | RefusePickup, reason: str) -> PickupRefused:
    return PickupRefused(
        student_id=command.student_id,
        receiver_id=command.receiver_id,
        date=command.date,
        reason=reason,
        guard_id=command.guard_id,
    )
