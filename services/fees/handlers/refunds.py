"""Who reads what is to be given back to a family."""

from __future__ import annotations

from typing import Any

from chassis.eventsourcing.handling import Handles, Reading
from contracts.fees import charges as said
from services.fees.handlers import scope
from services.fees.projections import refunds


def list_refunds(reading: Reading, request: said.ListRefunds) -> dict[str, Any]:
    scope.check_reader_of_student(reading.connection, request, reading.call)
    items = refunds.of_student(
        reading.connection, request.student_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return {"items": items, "next": items[-1]["refund_id"] if full else None}


HANDLES: Handles = {
    said.LIST_REFUNDS: list_refunds,
}
