"""Importing a roster: a dry run first, then for good, and the verdicts handed back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import requests
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


class _Read:
    """A roster read before its transaction; not part of what an idempotency key stands for."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __repr__(self) -> str:
        return "roster"


def import_roster(work: UnitOfWork, request: Request, call: Call) -> Reply:
    """Everything of the file that can be imported, or, if anything breaks, nothing."""
    assert work.log.vault is not None
    roster = request["roster"].roster
    parts = _plan(work.log.vault, work.connection, work.partition, roster, call.today)
    import_id = new_id()
    counts = write(work, parts, import_id, roster.kind)
    body = {"import_id": import_id, "dry_run": False, "file_kind": roster.kind, **counts}
    return Reply(body, 1, created=True)


def check_roster(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    """What ``import_roster`` would answer, with nothing written."""
    school = access.school(connection, request["school_id"], call)
    roster = _roster(request)
    parts = _plan(vault, connection, school["school_id"], roster, call.today)
    rows = [row for part in parts for row in part.rows]
    for row in rows:
        if row["outcome"] == "created":
            row["student_id"] = None
    found = {"import_id": None, "file_kind": roster.kind, **counts_of(rows), "rows": rows}
    return _handed_back(found, request, dry_run=True)


def get_import(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    found = imports.found(connection, request["import_id"])
    if found is None:
        raise errors.ImportUnknown("没有这次导入。", "There is no such import.")
    access.school(connection, found["school_id"], call)
    return _handed_back(found, request, dry_run=False)


def get_roster_template(_connection: Connection, _request: Request, _call: Call) -> dict[str, Any]:
    return {"file": _file(FILENAME, XLSX, write_template())}


def _plan(
    vault: Vault, connection: Connection, school_id: str, roster: Roster, today: date
) -> Iterator[Plan]:
    index = load_index(connection, vault.session(connection), school_id, today)
    return plan_import(roster, index, vault.fingerprint, new_id)


def _roster(request: Request) -> Roster:
    try:
        content = base64.b64decode(request["content_base64"], validate=True)
    except binascii.Error as error:
        raise errors.NotBase64(
            "文件内容不是有效的 base64，请重新上传。", "The content is not base64; upload it again."
        ) from error
    return read_roster(content, request["filename"])


def _handed_back(found: dict[str, Any], request: Request, *, dry_run: bool) -> dict[str, Any]:
    reply = {**found, "dry_run": dry_run}
    if request["verdict_file"]:
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


def _read_first(connection: Connection, request: Request, call: Call) -> str:
    # Reading a large file takes seconds: done here, before the school's partition is locked.
    school_id = own_school(connection, request, call)
    request["roster"] = _Read(_roster(request))
    return school_id


def _with_rows(connection: Connection, body: dict[str, Any]) -> dict[str, Any]:
    found = imports.found(connection, body["import_id"])
    assert found is not None
    return {**body, "rows": found["rows"]}


COMMANDS = {
    "import_roster": CommandRoute(
        import_roster, access.OFFICE, _read_first, requests.RosterFile(), _with_rows
    ),
}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    return {
        "check_roster": QueryRoute(
            partial(check_roster, vault), access.OFFICE, requests.CheckRoster()
        ),
        "get_import": QueryRoute(get_import, access.OFFICE | access.BUREAU, requests.GetImport()),
        "get_roster_template": QueryRoute(get_roster_template, access.EVERYBODY),
    }
