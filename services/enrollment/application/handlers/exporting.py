"""Exporting a term's applications as a workbook, on record every time."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import exports as said
from services.enrollment.application.domain.export import (
    EXPORT,
    ExportOutdated,
    MakeExport,
    is_masked,
)
from services.enrollment.application.handlers import histories
from services.enrollment.application.handlers.agreements import SERVICES
from services.enrollment.application.tables import applications
from services.enrollment.register.domain import errors
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.schools import own_school
from services.enrollment.register.roster.export import Line, write_export
from services.enrollment.register.roster.verdicts import XLSX
from services.enrollment.register.tables import people, schools

ALL = 1_000_000
STATES = {
    "submitted": "待审核",
    "accepted": "已同意",
    "rejected": "未同意",
    "published": "公示中",
    "confirmed": "名单已确定",
    "enrolled": "已入托",
    "declined": "不参加",
}


def export_roster(work: UnitOfWork, request: said.ExportRoster, call: Call) -> Reply:
    """Record the export; the file itself, full of names, is no part of the stored outcome."""
    term_id = _term(work.connection, work.partition, request.term_id, call)
    masked = is_masked(call.principal.role, asked=request.masked)
    made_at = call.now.isoformat(timespec="seconds")
    export_id = new_id()
    body = {
        "export_id": export_id,
        "kind": "roster",
        "school_id": work.partition,
        "term_id": term_id,
        "masked": masked,
        "made_at": made_at,
    }
    lines = _lines(work.log, work.connection, body)
    content = write_export(lines, datetime.fromisoformat(made_at))
    command = MakeExport(
        export_id=export_id,
        kind="roster",
        rows=len(lines),
        masked=masked,
        sha256=sha256(content).hexdigest(),
    )
    decision = work.execute(EXPORT, f"export-{export_id}", command)
    return Reply(
        {**body, "rows": command.rows, "sha256": command.sha256}, decision.version, created=True
    )


def _with_file(reading: Reading, body: dict[str, Any]) -> dict[str, Any]:
    content = write_export(
        _lines(reading.log, reading.connection, body), datetime.fromisoformat(body["made_at"])
    )
    if sha256(content).hexdigest() != body["sha256"]:
        raise ExportOutdated()
    file = {
        "filename": f"roster-{body['made_at'][:10]}{'-masked' if body['masked'] else ''}.xlsx",
        "media_type": XLSX,
        "content_base64": base64.b64encode(content).decode(),
    }
    return {**body, "file": file}


def _lines(log: EventLog, connection: Connection, export: Mapping[str, Any]) -> list[Line]:
    assert log.vault is not None
    school_id, term_id = export["school_id"], export["term_id"]
    rows = applications.of_school(
        connection, school_id, state=None, term_id=term_id, after=None, limit=ALL
    )
    pupils = people.students_by_id(connection, {row["student_id"] for row in rows})
    order = {each["class_id"]: each for each in schools.classes_of(connection, school_id)}
    places = {class_id: place for place, class_id in enumerate(order)}
    called = names.read(log.vault, connection, pupils, mask=export["masked"])
    enrolled = [row for row in rows if row["state"] == "enrolled"]
    first_days = histories.starts_on(log, connection, school_id, enrolled)
    classes = {row["application_id"]: pupils[row["student_id"]]["class_id"] for row in rows}
    rows.sort(key=lambda row: (places[classes[row["application_id"]]], row["application_id"]))
    return [
        Line(
            class_name=order[classes[row["application_id"]]]["name"],
            name=called.get(row["student_id"], ""),
            service_kinds="、".join(SERVICES.get(kind, kind) for kind in row["service_kinds"]),
            state=STATES.get(row["state"], row["state"]),
            starts_on=first_days.get(row["application_id"], ""),
            enrolled=row["state"] == "enrolled",
        )
        for row in rows
    ]


def _term(connection: Connection, school_id: str, wanted: str | None, call: Call) -> str:
    """Return the term asked for; else the one that runs or comes next, else the last one."""
    if wanted:
        return str(access.term(connection, wanted, school_id)["term_id"])
    newest_first = schools.terms_of(connection, school_id)
    if not newest_first:
        raise errors.TermUnknown("none-opened")
    ahead = [each for each in newest_first if each["last_day"] >= call.today.isoformat()]
    return str((ahead[-1] if ahead else newest_first[0])["term_id"])


HANDLES: Handles = {
    said.EXPORT_ROSTER: CommandHandler(export_roster, own_school, present=_with_file),
}
