"""What the bureau asks of audit: its views, now or at a past instant."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import CHINA, SCHOOL_ROLES, Call
from chassis.kernel.errors import NotFound
from contracts.audit import oversight as said
from services.audit import as_of
from services.audit.folding import Folding
from services.audit.generations import LIVE_ROWS
from services.audit.heads import Freshness, freshness
from services.audit.reading import Folded, Live
from services.audit.reports import PAGES, Oversight, Question, Reader
from services.audit.rows import decode
from services.audit.views import ALL
from services.audit.views.view import Row

READERS = frozenset({"bureau", "school_office", "school_finance", "operator"})

_SCHOOLS = text(f"SELECT r.document FROM {LIVE_ROWS} WHERE r.view = 'schools'")


class ViewUnknown(NotFound):
    code = "audit.view-unknown"


def oversight(reading: Reading, request: said.Oversight) -> dict[str, Any]:
    page = PAGES.get(request.view)
    if page is None:
        raise ViewUnknown(known=PAGES)
    known = [decode(row[0]) for row in reading.connection.execute(_SCHOOLS)]
    in_scope = _in_scope(known, request, reading.call)
    shown, after = _page(in_scope, request)
    instant: datetime | None = request.as_of
    if instant is not None:
        as_of.check(instant, reading.call.now)
    question = Question(
        [school["school_id"] for school in shown],
        (instant or reading.call.now).astimezone(CHINA).date(),
        _school(request, reading.call) is not None,
    )
    fields = (
        page.report(_reader(reading.connection, page, question, instant), question) if shown else {}
    )
    elsewhere = {school["school_id"] for school in known} - {
        school["school_id"] for school in in_scope
    }
    fresh = freshness(
        reading.connection,
        {"enrollment", page.service},
        now=reading.call.now,
        # A partition that is no school of somebody else's may belong here: it counts.
        counts=lambda partition: partition not in elsewhere,
    )
    if instant is not None:
        fresh = _at(instant, fresh)
    items = [{**_named(school), **fields[school["school_id"]]} for school in shown]
    return {"view": request.view, "items": items, "next": after, **asdict(fresh)}


def _reader(
    connection: Connection, page: Oversight, question: Question, instant: datetime | None
) -> Reader:
    if instant is None:
        return Live(connection)
    folding = Folding(view for view in ALL if page.service == view.SERVICE)
    rows, _ = as_of.rows_as_of(connection, folding, question.schools, instant)
    return Folded(rows)


def _at(instant: datetime, fresh: Freshness) -> Freshness:
    """Return how far an answer about the past can be trusted: is everything known up to then?"""
    known = fresh.heads_seen_at is not None and datetime.fromisoformat(fresh.as_of) >= instant
    shown = instant.astimezone(CHINA).isoformat(timespec="milliseconds")
    return Freshness(shown, 0, known, fresh.heads_seen_at)


def _in_scope(known: list[Row], request: Any, call: Call) -> list[Row]:
    """Return the schools the caller may see and asks for, by name."""
    district = _district(request, call)
    school_id = _school(request, call)
    chosen = [
        school
        for school in known
        if (district is None or school["district_id"] == district)
        and (school_id is None or school["school_id"] == school_id)
    ]
    return sorted(chosen, key=lambda school: (school["name"], school["school_id"]))


def _district(request: Any, call: Call) -> str | None:
    asked: str | None = request.district_id
    if asked is not None:
        call.require_district(asked)
    # A bureau account without a district sees nothing, not everything.
    return call.principal.district_id or "" if call.principal.role == "bureau" else asked


def _school(request: Any, call: Call) -> str | None:
    asked: str | None = request.school_id
    if asked is not None:
        call.require_school(asked)
    return call.principal.school_id or "" if call.principal.role in SCHOOL_ROLES else asked


def _page(schools: list[Row], request: Any) -> tuple[list[Row], str | None]:
    ids = [school["school_id"] for school in schools]
    start = ids.index(request.after) + 1 if request.after in ids else 0
    shown = schools[start : start + request.limit]
    more = start + len(shown) < len(schools)
    return shown, shown[-1]["school_id"] if more else None


def _named(school: Row) -> dict[str, Any]:
    return {
        "school_id": school["school_id"],
        "school_name": school["name"],
        "district_id": school["district_id"],
    }


HANDLES: Handles = {
    said.OVERSIGHT: oversight,
}
