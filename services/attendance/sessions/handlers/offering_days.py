"""What a school offers on a day: may it run, and does the day have both of its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Reading
from chassis.kernel.call import Call
from contracts.attendance import sessions as said
from contracts.enrollment.vocabulary import STATIC_CONTENT, STATIC_PART
from registers import classes
from registers.terms import days_of as terms_of
from services.attendance import scope
from services.attendance.calendar import service_days
from services.attendance.calendar.domain.service_day import Verdict, verdict
from services.attendance.calendar.domain.values import Window
from services.attendance.sessions.domain.offering_day import OfferingDay, Part, lacking, refusal
from services.attendance.sessions.tables import offerings, sessions

CUSTODY = "after_school_custody"
BOTH_PARTS = "day_template"
"""The item of a plan's checklist that asks for both parts on each day of custody."""


def list_offering_sessions(reading: Reading, request: said.OnDay) -> said.OfferingSessions:
    school_id, day = request.school_id, request.date or reading.call.today
    reading.call.require_school(school_id)
    terms = terms_of(reading.connection, school_id)
    if not any(first <= day.isoformat() <= last for first, last in terms):
        return said.OfferingSessions(date=day.isoformat(), items=(), lacking=None)
    found = offerings.of_day(reading.connection, school_id, day)
    opened = _opened(reading.connection, school_id, day.isoformat())
    [(known, parameters)] = service_days.days_of(reading.connection, school_id, day, day)
    lines = [
        _line(each, verdict(each.service_kind, known, parameters), opened[each.offering_id])
        for each in found
    ]
    custody = verdict(CUSTODY, known, parameters)
    asked = BOTH_PARTS in parameters.get("plan_items", []) and isinstance(custody, Window)
    shown = {
        each.offering_id for each in found if _concerns(reading.connection, each, reading.call)
    }
    return said.OfferingSessions(
        date=day.isoformat(),
        items=tuple(line for line in lines if line.offering_id in shown),
        lacking=_lacking(lines) if asked else None,
    )


def _opened(
    connection: Connection, school_id: str, day: str
) -> Mapping[str, Sequence[said.OpenedSession]]:
    found: dict[str, list[said.OpenedSession]] = defaultdict(list)
    for row in sessions.with_offering(connection, school_id, day):
        opened = said.OpenedSession(class_id=row.class_id, session_id=row.session_id)
        found[row.offering_id].append(opened)
    return found


def _line(
    day: OfferingDay, found: Verdict, opened: Sequence[said.OpenedSession]
) -> said.OfferingSession:
    refused = refusal(day, found)
    return said.OfferingSession(
        offering_id=day.offering_id,
        title=day.title,
        service_kind=day.service_kind,
        standing=day.standing,
        grades=day.grades,
        starts=f"{day.starts:%H:%M}",
        ends=f"{day.ends:%H:%M}",
        teacher_id=day.teacher_id,
        content_kind=day.content_kind,
        part=_part(day.content_kind),
        content=day.review,
        substituted=day.substituted,
        may_run=refused is None,
        reason=refused.code if refused else None,
        detail={"zh": refused.zh, "en": refused.en} if refused else None,
        sessions=tuple(opened),
    )


def _part(content_kind: str) -> Part | None:
    if content_kind in STATIC_PART:
        return "static"
    return None if content_kind in STATIC_CONTENT else "dynamic"


def _lacking(lines: Sequence[said.OfferingSession]) -> said.Lacking:
    custody = [line for line in lines if line.service_kind == CUSTODY]
    ready = [_part(line.content_kind) for line in custody if line.may_run]
    ran = [_part(line.content_kind) for line in custody if line.sessions]
    return said.Lacking(ready=lacking(ready), run=lacking(ran))


def _concerns(connection: Connection, day: OfferingDay, call: Call) -> bool:
    """Whether an offering is the caller's to see: a teacher's own, or one for their classes."""
    mine = scope.own_classes(call)
    if mine is None or day.teacher_id == call.principal.person_id:
        return True
    held = (classes.find(connection, class_id) for class_id in mine)
    return any(each is not None and each.grade in (None, *day.grades) for each in held)
