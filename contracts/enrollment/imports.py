"""Roster files: try first, then import; the verdict per row comes back as a file too."""

from __future__ import annotations

from typing import Annotated

from contracts import roles
from contracts.enrollment.policy import TwoLanguages
from contracts.enrollment.vocabulary import MAX_FILE_BASE64
from contracts.shapes import (
    Id,
    LeftOut,
    Length,
    Nothing,
    OneOf,
    command,
    event,
    query,
    reply,
    request,
)


@event
class RosterImported:
    """A roster file was imported: how many of its rows came to what."""

    import_id: Id
    file_kind: Annotated[str, OneOf(("oneroster-1.2-csv", "xlsx", "csv"))]
    created: int
    updated: int
    unchanged: int
    refused: int
    skipped: int


@request
class RosterFile:
    """For ``import_roster``: a OneRoster 1.2 CSV zip, an .xlsx or a CSV."""

    school_id: Id
    filename: Annotated[str, Length(1, 255)]
    content_base64: Annotated[str, Length(0, MAX_FILE_BASE64)]


@request
class CheckRoster:
    """``verdict_file`` asks for the verdicts also as a file to hand back."""

    school_id: Id
    filename: Annotated[str, Length(1, 255)]
    content_base64: Annotated[str, Length(0, MAX_FILE_BASE64)]
    verdict_file: bool = False


@request
class GetImport:
    import_id: Id
    verdict_file: bool = False


@reply
class File:
    filename: str
    media_type: str
    content_base64: str


@reply
class Row:
    """What became of one row: created, updated, unchanged, refused or skipped, and why."""

    line: int
    outcome: str
    student_id: str | None
    code: str | None
    field: str | None
    detail: TwoLanguages | None


@reply
class RosterTemplate:
    file: File


@reply
class Import:
    """``import_id`` is null for a dry run; ``file`` only if it was asked for."""

    import_id: str | None
    dry_run: bool
    file_kind: str
    created: int
    updated: int
    unchanged: int
    refused: int
    skipped: int
    rows: tuple[Row, ...]
    file: Annotated[File | None, LeftOut()] = None


IMPORT_ROSTER = command(
    "import_roster",
    "/schools/{school_id}/imports",
    "Import a roster file, or try it with dry_run",
    RosterFile,
    Import,
    roles=("school_office",),
)
CHECK_ROSTER = query(
    "check_roster",
    "",
    "Say what an import of a roster file would do",
    CheckRoster,
    Import,
    roles=("school_office",),
)
GET_IMPORT = query(
    "get_import",
    "/imports/{import_id}",
    "Show an import",
    GetImport,
    Import,
    roles=("school_office", "bureau"),
)
GET_ROSTER_TEMPLATE = query(
    "get_roster_template",
    "/roster-template",
    "An empty workbook to fill in and import",
    Nothing,
    RosterTemplate,
    roles=roles.ANYBODY,
)
