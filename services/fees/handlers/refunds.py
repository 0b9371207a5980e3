"""Who reads what is to be given back to a family."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.application import QueryRoute, Request
from chassis.kernel.call import Call
from contracts.paging import Page
from services.fees.handlers import scope
from services.fees.projections import refunds


def list_refunds(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    scope.check_reader_of_student(connection, request, call)
    items = refunds.of_student(
        connection, request["student_id"], after=request["after"], limit=request["limit"]
    )
    full = len(items) == request["limit"]
    return {"items": items, "next": items[-1]["refund_id"] if full else None}


QUERIES = {"list_refunds": QueryRoute(list_refunds, scope.FINANCE | {"guardian"}, Page())}
