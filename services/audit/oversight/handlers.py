"""What the bureau asks of audit: its views, now or at a past instant."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, text

from chassis.eventsourcing.handling import Reading
from chassis.kernel.call import CHINA, SCHOOL_ROLES, Call
from contracts.audit import oversight as said
from services.audit.folding import Folding
from services.audit.generations import LIVE_ROWS
from services.audit.heads import Freshness, freshness
from services.audit.oversight import as_of
from services.audit.oversight.reading import Folded, Live
from services.audit.oversight.reports import PAGES, Oversight, Question, Reader, School
from services.audit.rows import decode
from services.audit.views import ALL, ViewUnknown
from services.audit.views.view import Row

_SCHOOLS = text(f"SELECT r.document FROM {LIVE_ROWS} WHERE r.view = 'schools'")


def oversight(reading: Reading, request: said.Oversight) -> said.Freshness:
    page = PAGES.get(request.view)
    if page is None:
        raise ViewUnknown(known=PAGES)
    known = [_school_of(decode(row[0])) for row in reading.connection.execute(_SCHOOLS)]
    in_scope = _in_scope(known, request, reading.call)
    shown, after = _page(in_scope, request)
    instant = request.as_of
    if instant is not None:
        as_of.check(instant, reading.call.now)
    question = Question(
        shown,
        (instant or reading.call.now).astimezone(CHINA).date(),
        _school(request, reading.call) is not None,
    )
    items = (
        page.report(_reader(reading.connection, page, question, instant), question) if shown else ()
    )
    elsewhere = {school.school_id for school in known} - {school.school_id for school in in_scope}
    fresh = freshness(
        reading.connection,
        {"enrollment", page.service},
        now=reading.call.now,
        # A partition that is no school of somebody else's may belong here: it counts.
        counts=lambda partition: partition not in elsewhere,
    )
    if instant is not None:
        fresh = _at(instant, fresh)
    reply: said.Freshness = said.VIEWS[request.view](
        view=request.view, items=tuple(items), next=after, **asdict(fresh)
    )
    return reply


def _reader(
    connection: Connection, page: Oversight, question: Question, instant: datetime | None
) -> Reader:
    if instant is None:
        return Live(connection)
    folding = Folding(view for view in ALL if page.service == view.SERVICE)
    rows, _ = as_of.rows_as_of(connection, folding, question.ids, instant)
    return Folded(rows)


def _at(instant: datetime, fresh: Freshness) -> Freshness:
    """Return how far an answer about the past can be trusted: is everything known up to then?"""
    known = fresh.heads_seen_at is not None and datetime.fromisoformat(fresh.as_of) >= instant
    shown = instant.astimezone(CHINA).isoformat(timespec="milliseconds")
    return Freshness(shown, 0, known, fresh.heads_seen_at)


def _in_scope(known: list[School], request: said.Oversight, call: Call) -> list[School]:
    """Return the schools the caller may see and asks for, by name."""
    district = _district(request, call)
    school_id = _school(request, call)
    chosen = [
        school
        for school in known
        if (district is None or school.district_id == district)
        and (school_id is None or school.school_id == school_id)
    ]
    return sorted(chosen, key=lambda school: (school.school_name, school.school_id))


def _district(request: said.Oversight, call: Call) -> str | None:
    asked = request.district_id
    if asked is not None:
        call.require_district(asked)
    # A bureau account without a district sees nothing, not everything.
    return call.principal.district_id or "" if call.principal.role == "bureau" else asked


def _school(request: said.Oversight, call: Call) -> str | None:
    asked = request.school_id
    if asked is not None:
        call.require_school(asked)
    return call.principal.school_id or "" if call.principal.role in SCHOOL_ROLES else asked


def _page(schools: list[School], request: said.Oversight) -> tuple[list[School], str | None]:
    ids = [school.school_id for school in schools]
    start = ids.index(request.after) + 1 if request.after in ids else 0
    shown = schools[start : start + request.limit]
    more = start + len(shown) < len(schools)
    return shown, shown[-1].school_id if more else None


def _school_of(row: Row) -> School:
    return School(row["school_id"], row["name"], row["district_id"])
