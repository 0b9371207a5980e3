"""The hot path: a child leaves with an adult, or the refusal is on record; and the gate's board."""

from __future__ import annotations

from collections import Counter

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import handover as said
from contracts.attendance.handover import ChildHandedOver, PickupRefused
from contracts.attendance.sessions import OnDay
from registers import pupils
from services.attendance import errors, scope
from services.attendance.custody.domain import gate
from services.attendance.custody.domain.custody import CUSTODY, HandOver, RefusePickup, knows
from services.attendance.custody.handlers.codes import hash_of
from services.attendance.custody.tables import board, codes
from services.attendance.pickup.domain import PICKUP_LIST, standing


def hand_over(
    work: UnitOfWork, request: said.HandOver, call: Call
) -> Reply[said.HandedOver | None]:
    student_id, receiver_id, day = request.student_id, request.receiver_id, call.today
    custody_stream = f"custody-{student_id}-{day.isoformat()}"
    listed, custody = work.load_each({f"pickup-{student_id}": PICKUP_LIST, custody_stream: CUSTODY})
    code_hash = hash_of(work.log, work.partition, request.code)
    known = knows(custody, code_hash)
    command = HandOver(
        student_id=student_id,
        school_id=work.partition,
        receiver_id=receiver_id,
        standing=standing(listed, receiver_id, day),
        code_hash=code_hash,
        spent=not known and codes.spent(work.connection, student_id, code_hash, day),
        guard_id=scope.person_of(call),
        date=day,
        now=call.now,
    )
    [event] = CUSTODY.decide(custody, command)
    if isinstance(event, PickupRefused):
        _must_be_ours(work, student_id)
    version = work.append(custody_stream, [event])
    if isinstance(event, PickupRefused):
        return Reply(None, version, refusal=gate.error(event.reason))
    assert isinstance(event, ChildHandedOver)
    body = said.HandedOver(
        student_id=student_id,
        receiver_id=receiver_id,
        session_id=event.session_id,
        class_id=event.class_id,
        handed_over_at=call.now.isoformat(),
    )
    return Reply(body, version, created=True)


def refuse_pickup(work: UnitOfWork, request: said.RefusePickup, call: Call) -> Reply[said.Refused]:
    student_id, reason = request.student_id, request.reason
    _must_be_ours(work, student_id)
    command = RefusePickup(
        student_id=student_id,
        receiver_id=request.receiver_id,
        reason=reason,
        guard_id=scope.person_of(call),
        date=call.today,
    )
    decision = work.execute(CUSTODY, f"custody-{student_id}-{call.today.isoformat()}", command)
    body = said.Refused(student_id=student_id, reason=reason)
    return Reply(body, decision.version, created=True)


def get_board(reading: Reading, request: OnDay) -> said.Board:
    reading.call.require_school(request.school_id)
    day = request.date or reading.call.today
    children = board.of_day(reading.connection, request.school_id, day)
    counted = Counter(child.status for child in children)
    counts = said.Counts(**{status: counted[status] for status in board.STATUSES})
    items = tuple(said.BoardItem(**child._asdict()) for child in children)
    return said.Board(date=day.isoformat(), counts=counts, items=items)


def _must_be_ours(work: UnitOfWork, student_id: str) -> None:
    # Asked on the way to a refusal only: who is in care here is known to be ours.
    student = pupils.find(work.connection, student_id)
    if student is None or student.school_id != work.partition:
        raise errors.PupilUnknown()
