"""What enrollment tells of an enrolment after it began: the day it ends, the days it is suspended.

The withdrawal stands beside the enrolment's own last day, and each suspension under the ``seq`` of
its event, so that hearing any of these events again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Column, Connection, Integer, String, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from services.fees.schema import metadata

CHUNK = 500

suspensions = FactTable(
    metadata,
    "suspensions",
    key=["application_id", "seq"],
    columns=[
        Column("application_id", String(64), primary_key=True),
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("from_on", String(10), nullable=False),
        Column("until_on", String(10)),
        Column("resumed_on", String(10)),
    ],
)
"""Days from ``from_on`` to ``until_on``, but none from ``resumed_on`` on."""

_WITHDRAWN = Statement(
    "UPDATE enrolments SET withdrawn_on = :day WHERE application_id = :application_id "
    "AND (withdrawn_on IS NULL OR withdrawn_on > :day)"
)
_TRANSFERRED = Statement(
    "UPDATE enrolments SET withdrawn_on = :day WHERE student_id = :student_id "
    "AND starts_on < :day AND (withdrawn_on IS NULL OR withdrawn_on > :day)"
)
_RESUMED = Statement(
    "UPDATE suspensions SET resumed_on = :day WHERE application_id = :application_id "
    "AND seq < :seq AND (resumed_on IS NULL OR resumed_on > :day)"
)


def project_withdrawal(connection: Connection, event: Event) -> None:
    """End an enrolment before a day."""
    data = event["data"]
    _WITHDRAWN.run(connection, application_id=data["application_id"], day=data["effective_on"])


def project_transfer(connection: Connection, event: Event) -> None:
    """End what a pupil who leaves the school began there before that day."""
    data = event["data"]
    _TRANSFERRED.run(connection, student_id=data["student_id"], day=data["effective_on"])


def project_suspension(connection: Connection, event: Event) -> None:
    """Suspend an enrolment."""
    suspensions.put(connection, {**event["data"], "seq": event["seq"]})


def project_resumption(connection: Connection, event: Event) -> None:
    """End the suspensions of an enrolment that were told before."""
    data = event["data"]
    _RESUMED.run(
        connection, application_id=data["application_id"], seq=event["seq"], day=data["on"]
    )


def suspended_days(
    connection: Connection, application_ids: Sequence[str]
) -> Mapping[str, Sequence[tuple[date, date]]]:
    """Return by application the suspensions as (first, last) day; ``date.max`` is no end."""
    table = suspensions.table
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for start in range(0, len(application_ids), CHUNK):
        among = table.c.application_id.in_(application_ids[start : start + CHUNK])
        for row in connection.execute(select(table).where(among)).mappings():
            last = date.fromisoformat(row["until_on"]) if row["until_on"] else date.max
            if row["resumed_on"]:
                last = min(last, date.fromisoformat(row["resumed_on"]) - timedelta(days=1))
            found[row["application_id"]].append((date.fromisoformat(row["from_on"]), last))
    return found
