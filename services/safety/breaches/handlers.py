"""Reports of breaches: anybody at the school may make one, the bureau reads it."""

from __future__ import annotations

from chassis.clock import new_id, new_id_of_the_day
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.safety import breaches as said
from services.safety import scope
from services.safety.breaches import tables
from services.safety.breaches.domain import BREACH, ReportBreach


def report_breach(
    work: UnitOfWork, request: said.ReportBreach, call: Call
) -> Reply[said.BreachReport]:
    """Record a report.

    An anonymous one arrives here as made by account ``anonymous`` in the reporter's role, under
    another request id (see ``chassis.eventsourcing.anonymity``): scope was checked before. Its id,
    which the school reads, tells the day only. The instant is stored as it is, and a narrative can
    give its writer away.
    """
    breach_id = new_id_of_the_day() if request.anonymous else new_id()
    decision = work.execute(
        BREACH,
        f"breach-{breach_id}",
        ReportBreach(
            breach_id=breach_id,
            school_id=work.partition,
            kind=request.kind,
            source_role=call.principal.role,
            anonymous=request.anonymous,
            occurred_on=request.occurred_on,
            today=call.today,
        ),
    )
    work.vault.put(breach_id, narrative=request.narrative)
    report = said.BreachReport(breach_id=breach_id, school_id=work.partition)
    return Reply(report, decision.version, created=True)


def list_breaches(reading: Reading, request: said.ListBreaches) -> said.Breaches:
    school_id = scope.school(reading.connection, request.school_id, reading.call)
    found = tables.of_school(
        reading.connection, school_id, after=request.after, limit=request.limit
    )
    told = {each.breach_id for each in found if _may_be_told(each, reading.call)}
    narratives = reading.vault.session(reading.connection).get_many(told)
    items = tuple(
        said.Breach(
            breach_id=each.breach_id,
            school_id=each.school_id,
            kind=each.kind,
            occurred_on=each.occurred_on,
            reported_on=each.reported_on,
            anonymous=each.anonymous,
            source_role=each.source_role if each.breach_id in told else None,
            narrative=narratives.get(each.breach_id, {}).get("narrative"),
        )
        for each in found
    )
    full = len(items) == request.limit
    return said.Breaches(items=items, next=items[-1].breach_id if full else None)


def _may_be_told(breach: tables.Row, call: Call) -> bool:
    """The inspected school does not read what could show it who spoke."""
    return call.principal.role == "bureau" or not breach.anonymous
