"""The hot path: a child leaves with an adult, or the refusal is on record."""

from __future__ import annotations

from chassis.eventsourcing.handling import Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import handover as said
from contracts.attendance.handover import ChildHandedOver, PickupRefused
from services.attendance.domain import gate
from services.attendance.domain.commands import HandOver, RefusePickup
from services.attendance.domain.custody import CUSTODY, knows
from services.attendance.domain.pickup_list import PICKUP_LIST, standing
from services.attendance.handlers import scope
from services.attendance.handlers.codes import hash_of
from services.attendance.projections import facts, pickups


def hand_over(work: UnitOfWork, request: said.HandOver, call: Call) -> Reply:
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
        spent=not known and pickups.spent(work.connection, student_id, code_hash, day),
        guard_id=scope.person_of(call),
        date=day,
        now=call.now,
    )
    [event] = CUSTODY.decide(custody, command)
    if isinstance(event, PickupRefused):
        _must_be_ours(work, student_id)
    version = work.append(custody_stream, [event])
    if isinstance(event, PickupRefused):
        return Reply({}, version, refusal=gate.error(event.reason))
    assert isinstance(event, ChildHandedOver)
    body = {
        "student_id": student_id,
        "receiver_id": receiver_id,
        "session_id": event.session_id,
        "class_id": event.class_id,
        "handed_over_at": call.now.isoformat(),
    }
    return Reply(body, version, created=True)


def refuse_pickup(work: UnitOfWork, request: said.RefusePickup, call: Call) -> Reply:
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
    return Reply({"student_id": student_id, "reason": reason}, decision.version, created=True)


def _must_be_ours(work: UnitOfWork, student_id: str) -> None:
    # Asked on the way to a refusal only: who is in care here is known to be ours.
    student = facts.students.get(work.connection, student_id)
    if student is None or student["school_id"] != work.partition:
        raise scope.unknown_pupil()
