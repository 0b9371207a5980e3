"""Reports of breaches: anybody at the school may make one, the bureau reads it."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id, new_id_of_the_day
from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.paging import Page
from contracts.safety import breaches as contract
from services.safety.domain.breach import BREACH, ReportBreach
from services.safety.handlers import scope
from services.safety.projections import breaches


def report_breach(work: UnitOfWork, request: Request, call: Call) -> Reply:
    """Record a report.

    An anonymous one arrives here as made by account ``anonymous`` in the reporter's role, under
    another request id (see ``chassis.eventsourcing.anonymity``): scope was checked before. Its id,
    which the school reads, tells the day only. The instant is stored as it is, and a narrative can
    give its writer away.
    """
    breach_id = new_id_of_the_day() if request["anonymous"] else new_id()
    decision = work.execute(
        BREACH,
        f"breach-{breach_id}",
        ReportBreach(
            breach_id=breach_id,
            school_id=work.partition,
            kind=request["kind"],
            source_role=call.principal.role,
            anonymous=request["anonymous"],
            occurred_on=request["occurred_on"],
            today=call.today,
        ),
    )
    work.vault.put(breach_id, narrative=request["narrative"])
    body = {"breach_id": breach_id, "school_id": work.partition}
    return Reply(body, decision.version, created=True)


def list_breaches(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    school_id = scope.school(connection, request["school_id"], call)
    found = breaches.of_school(
        connection, school_id, after=request["after"], limit=request["limit"]
    )
    told = {each["breach_id"] for each in found if _may_be_told(each, call)}
    narratives = vault.session(connection).get_many(told)
    items = [
        {
            **each,
            "source_role": each["source_role"] if each["breach_id"] in told else None,
            "narrative": narratives.get(each["breach_id"], {}).get("narrative"),
        }
        for each in found
    ]
    full = len(items) == request["limit"]
    return {"items": items, "next": items[-1]["breach_id"] if full else None}


def _may_be_told(breach: dict[str, Any], call: Call) -> bool:
    """The inspected school does not read what could show it who spoke."""
    return call.principal.role == "bureau" or not breach["anonymous"]


COMMANDS = {
    "report_breach": CommandRoute(
        report_breach,
        scope.REPORTERS,
        scope.own_school,
        contract.ReportBreach(),
        unnamed=lambda request: bool(request["anonymous"]),
    ),
}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    return {"list_breaches": QueryRoute(partial(list_breaches, vault), scope.SUPERVISORS, Page())}
