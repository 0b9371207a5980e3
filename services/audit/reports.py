"""What an oversight page shows of each school, made from the rows of the views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Connection, bindparam, text

from services.audit.rows import decode
from services.audit.views import enrollment, funds
from services.audit.views.view import Row

SHOWN_INCIDENTS = 200
_PARTITIONS: BindParameter[list[str]] = bindparam("partitions", expanding=True)

_ROWS = text(
    "SELECT partition, document FROM oversight_rows "
    "WHERE view = :view AND partition IN :partitions ORDER BY partition, key"
).bindparams(_PARTITIONS)

_ONE_KEY = text(
    "SELECT partition, document FROM oversight_rows "
    "WHERE view = :view AND key = :key AND partition IN :partitions"
).bindparams(_PARTITIONS)

_CHILDREN_BY_DAY = text(
    "SELECT partition, substr(key, 1, 10), COUNT(*) FROM oversight_rows "
    "WHERE view = 'custody' AND partition IN :partitions GROUP BY partition, substr(key, 1, 10)"
).bindparams(_PARTITIONS)

_NEWEST_INCIDENTS = text(
    "SELECT partition, document FROM oversight_rows WHERE view = 'incidents' "
    "AND partition IN :partitions ORDER BY key DESC LIMIT :limit"
).bindparams(_PARTITIONS)


@dataclass(frozen=True, slots=True)
class Question:
    """Which schools, on which day; ``detailed`` when only one school is asked for."""

    schools: Sequence[str]
    today: date
    detailed: bool


Report: TypeAlias = Callable[[Connection, Question], Mapping[str, dict[str, Any]]]
"""The fields of each school's item."""


def enrollment_report(connection: Connection, question: Question) -> dict[str, dict[str, Any]]:
    """Return applications and enrolments, summed and by term."""
    rows = _rows(connection, "enrollment", question)
    return {
        school: {**_sums(rows[school], enrollment.COUNTS), "terms": rows[school]}
        for school in question.schools
    }


def funds_report(connection: Connection, question: Question) -> dict[str, dict[str, Any]]:
    """Return the ledger, summed and by month."""
    rows = _rows(connection, "funds", question)
    items = {}
    for school in question.schools:
        sums = _sums(rows[school], funds.SUMS)
        still_open = sums["charged_fen"] - sums["collected_fen"]
        items[school] = {
            "currency": "CNY",
            **sums,
            "open_fen": still_open,
            "months": rows[school],
        }
    return items


def custody_report(connection: Connection, question: Question) -> dict[str, dict[str, Any]]:
    """Return today's numbers and who has not been handed over, today or on an earlier day."""
    today = question.today.isoformat()
    days = _one_key(connection, "custody_days", today, question)
    children: dict[str, dict[str, int]] = defaultdict(dict)
    values = {"partitions": list(question.schools)}
    for school, day, count in connection.execute(_CHILDREN_BY_DAY, values):
        children[school][day] = count
    named = _rows(connection, "custody", question) if question.detailed else {}
    items = {}
    for school in question.schools:
        day = days.get(school, {"rolls": {}, "handed_over": 0, "refusals": 0})
        present = sum(children[school].values())
        items[school] = {
            "date": today,
            **_sums(list(day["rolls"].values()), ("checked_in", "absent")),
            "handed_over": day["handed_over"],
            "refusals": day["refusals"],
            "present": present,
            "left_over": present - children[school].get(today, 0),
            "children": named.get(school, []),
        }
    return items


def incidents_report(connection: Connection, question: Question) -> dict[str, dict[str, Any]]:
    """Return how many incidents there are, and the newest ones."""
    counts = _one_key(connection, "incident_counts", "", question)
    values = {"partitions": list(question.schools), "limit": SHOWN_INCIDENTS}
    newest: dict[str, list[Row]] = defaultdict(list)
    for school, document in connection.execute(_NEWEST_INCIDENTS, values):
        newest[school].append(decode(document))
    nothing = {"reported": 0, "not_notified": 0, "by_severity": {}}
    return {
        school: {**counts.get(school, nothing), "incidents": newest[school]}
        for school in question.schools
    }


@dataclass(frozen=True, slots=True)
class Oversight:
    """One page: its report and the services whose events it shows."""

    report: Report
    service: str


PAGES = {
    "enrollment": Oversight(enrollment_report, "enrollment"),
    "funds": Oversight(funds_report, "fees"),
    "custody": Oversight(custody_report, "attendance"),
    "incidents": Oversight(incidents_report, "safety"),
}


def _sums(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in names}


def _rows(connection: Connection, view: str, question: Question) -> dict[str, list[Row]]:
    values = {"view": view, "partitions": list(question.schools)}
    rows: dict[str, list[Row]] = defaultdict(list)
    for school, document in connection.execute(_ROWS, values):
        rows[school].append(decode(document))
    return rows


def _one_key(connection: Connection, view: str, key: str, question: Question) -> dict[str, Row]:
    values = {"view": view, "key": key, "partitions": list(question.schools)}
    return {school: decode(row) for school, row in connection.execute(_ONE_KEY, values)}
