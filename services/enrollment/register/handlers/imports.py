"""Importing a roster: a dry run first, then for good, and the verdicts handed back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

import msgspec
from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import imports as said
from contracts.shapes import Nothing
from services.enrollment.register.domain import errors
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers.schools import own_school
from services.enrollment.register.importing.index import load_index
from services.enrollment.register.importing.plan import Plan, counts_of
from services.enrollment.register.importing.planning import plan_import
from services.enrollment.register.importing.writing import write
from services.enrollment.register.roster.lines import Kind, Roster
from services.enrollment.register.roster.read import read_roster
from services.enrollment.register.roster.template import FILENAME, write_template
from services.enrollment.register.roster.verdicts import XLSX, Outcome, Verdict, write_verdicts
from services.enrollment.register.tables import imports


def import_roster(work: UnitOfWork, roster: Roster, call: Call) -> Reply[said.Import]:
    """Everything of the file that can be imported, or, if anything breaks, nothing."""
    assert work.log.vault is not None
    parts = _plan(work.log.vault, work.connection, work.partition, roster, call.today)
    import_id = new_id()
    counts = write(work, parts, import_id, roster.kind)
    body = said.Import(
        import_id=import_id, dry_run=False, file_kind=roster.kind, **counts, rows=(), file=None
    )
    return Reply(body, 1, created=True)


def check_roster(reading: Reading, request: said.CheckRoster) -> said.Import:
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
    verdicts = msgspec.convert(rows, tuple[said.Row, ...])
    return said.Import(
        import_id=None,
        dry_run=True,
        file_kind=roster.kind,
        **counts_of(rows),
        rows=verdicts,
        file=_handed_back(roster.kind, verdicts) if request.verdict_file else None,
    )


def get_import(reading: Reading, request: said.GetImport) -> said.Import:
    found = imports.found(reading.connection, request.import_id)
    if found is None:
        raise errors.ImportUnknown()
    access.school(reading.connection, found.school_id, reading.call)
    return said.Import(
        import_id=found.import_id,
        dry_run=False,
        file_kind=found.file_kind,
        created=found.created,
        updated=found.updated,
        unchanged=found.unchanged,
        refused=found.refused,
        skipped=found.skipped,
        rows=found.rows,
        file=_handed_back(found.file_kind, found.rows) if request.verdict_file else None,
    )


def get_roster_template(_reading: Reading, _request: Nothing) -> said.RosterTemplate:
    return said.RosterTemplate(file=_file(FILENAME, XLSX, write_template()))


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


def _handed_back(kind: Kind, rows: Iterable[said.Row]) -> said.File:
    verdicts = (
        Verdict(
            line=row.line,
            outcome=cast(Outcome, row.outcome),
            code=row.code,
            field=row.field,
            detail=row.detail.zh if row.detail else "",
        )
        for row in rows
    )
    return _file(*write_verdicts(kind, verdicts))


def _file(filename: str, media_type: str, content: bytes) -> said.File:
    encoded = base64.b64encode(content).decode()
    return said.File(filename=filename, media_type=media_type, content_base64=encoded)


def _with_rows(reading: Reading, body: dict[str, Any]) -> dict[str, Any]:
    found = imports.found(reading.connection, body["import_id"])
    assert found is not None
    return {**body, "rows": list(found.rows)}


HANDLES: Handles = {
    said.IMPORT_ROSTER: CommandHandler(
        import_roster, own_school, prepare=_roster, present=_with_rows
    ),
    said.CHECK_ROSTER: check_roster,
    said.GET_IMPORT: get_import,
    said.GET_ROSTER_TEMPLATE: get_roster_template,
}
