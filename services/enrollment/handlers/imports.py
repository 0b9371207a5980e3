"""Importing a roster: a dry run first, then for good, and the verdicts handed back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import imports as said
from contracts.shapes import Nothing
from services.enrollment.domain import errors
from services.enrollment.handlers import access
from services.enrollment.handlers.schools import own_school
from services.enrollment.importing.index import load_index
from services.enrollment.importing.plan import Plan, counts_of
from services.enrollment.importing.planning import plan_import
from services.enrollment.importing.writing import write
from services.enrollment.projections import imports
from services.enrollment.roster.lines import Roster
from services.enrollment.roster.read import read_roster
from services.enrollment.roster.template import FILENAME, write_template
from services.enrollment.roster.verdicts import XLSX, Verdict, write_verdicts


def import_roster(work: UnitOfWork, roster: Roster, call: Call) -> Reply:
    """Everything of the file that can be imported, or, if anything breaks, nothing."""
    assert work.log.vault is not None
    parts = _plan(work.log.vault, work.connection, work.partition, roster, call.today)
    import_id = new_id()
    counts = write(work, parts, import_id, roster.kind)
    body = {"import_id": import_id, "dry_run": False, "file_kind": roster.kind, **counts}
    return Reply(body, 1, created=True)


def check_roster(reading: Reading, request: said.CheckRoster) -> dict[str, Any]:
    """What ``import_roster`` would answer, with nothing written."""
    school = access.school(reading.connection, request.school_id, reading.call)
    roster = _roster(request)
    parts = _plan(
        reading.vault, reading.connection, school["school_id"], roster, reading.call.today
    )
    rows = [row for part in parts for row in part.rows]
    for row in rows:
        if row["outcome"] == "created":
            row["student_id"] = None
    found = {"import_id": None, "file_kind": roster.kind, **counts_of(rows), "rows": rows}
    return _handed_back(found, request, dry_run=True)


def get_import(reading: Reading, request: said.GetImport) -> dict[str, Any]:
    found = imports.found(reading.connection, request.import_id)
    if found is None:
        raise errors.ImportUnknown()
    access.school(reading.connection, found["school_id"], reading.call)
    return _handed_back(found, request, dry_run=False)


def get_roster_template(_reading: Reading, _request: Nothing) -> dict[str, Any]:
    return {"file": _file(FILENAME, XLSX, write_template())}


def _plan(
    vault: Vault, connection: Connection, school_id: str, roster: Roster, today: date
) -> Iterator[Plan]:
    index = load_index(connection, vault.session(connection), school_id, today)
    return plan_import(roster, index, vault.fingerprint, new_id)


def _roster(request: said.RosterFile | said.CheckRoster) -> Roster:
    try:
        content = base64.b64decode(request.content_base64, validate=True)
    except binascii.Error as error:
        raise errors.NotBase64() from error
    return read_roster(content, request.filename)


def _handed_back(
    found: dict[str, Any], request: said.CheckRoster | said.GetImport, *, dry_run: bool
) -> dict[str, Any]:
    reply = {**found, "dry_run": dry_run}
    if request.verdict_file:
        verdicts = (
            Verdict(
                line=row["line"],
                outcome=row["outcome"],
                code=row["code"],
                field=row["field"],
                detail=(row["detail"] or {}).get("zh", ""),
            )
            for row in found["rows"]
        )
        reply["file"] = _file(*write_verdicts(found["file_kind"], verdicts))
    return reply


def _file(filename: str, media_type: str, content: bytes) -> dict[str, str]:
    return {
        "filename": filename,
        "media_type": media_type,
        "content_base64": base64.b64encode(content).decode(),
    }


def _with_rows(reading: Reading, body: dict[str, Any]) -> dict[str, Any]:
    found = imports.found(reading.connection, body["import_id"])
    assert found is not None
    return {**body, "rows": found["rows"]}


HANDLES: Handles = {
    said.IMPORT_ROSTER: CommandHandler(
        import_roster, own_school, prepare=_roster, present=_with_rows
    ),
    said.CHECK_ROSTER: check_roster,
    said.GET_IMPORT: get_import,
    said.GET_ROSTER_TEMPLATE: get_roster_template,
}
