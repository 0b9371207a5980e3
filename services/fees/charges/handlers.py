"""Taking payments; reading what a pupil's family owes, has paid and gets back."""

from __future__ import annotations

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.fees import charges as said
from services.fees import scope
from services.fees.charges import tables
from services.fees.charges.domain.charge import CHARGE, Charged, RecordPayment, stream_of


def record_payment(
    work: UnitOfWork, request: said.RecordPayment, call: Call
) -> Reply[said.PaymentTaken]:
    payment_id = new_id()
    decision = work.execute(
        CHARGE,
        stream_of(request.student_id, request.month),
        RecordPayment(
            payment_id=payment_id,
            school_id=work.partition,
            student_id=request.student_id,
            month=request.month,
            amount_fen=request.amount_fen,
            method=request.method,
        ),
    )
    state = decision.state
    assert isinstance(state, Charged)
    taken = said.PaymentTaken(
        payment_id=payment_id,
        student_id=request.student_id,
        month=request.month,
        amount_fen=request.amount_fen,
        currency="CNY",
        paid_fen=state.paid_fen,
        open_fen=state.open_fen,
    )
    return Reply(taken, decision.version, created=True)


def list_charges(reading: Reading, request: said.ListCharges) -> said.Charges:
    scope.check_reader_of_student(reading.connection, request, reading.call)
    items = tables.charges_of(
        reading.connection, request.student_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return said.Charges(items=items, next=items[-1].month if full else None)


def list_refunds(reading: Reading, request: said.ListRefunds) -> said.Refunds:
    scope.check_reader_of_student(reading.connection, request, reading.call)
    items = tables.refunds_of(
        reading.connection, request.student_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return said.Refunds(items=items, next=items[-1].refund_id if full else None)
