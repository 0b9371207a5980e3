"""Files that leave the platform; every export is on record."""

from __future__ import annotations

from typing import Annotated

from contracts.enrollment.imports import File
from contracts.shapes import Id, OneOf, Sha256, command, event, reply, request

EXPORT_KINDS = ("roster",)


@event
class ExportMade:
    """A list of pupils was handed out as a file; ``sha256`` is the file's hash."""

    export_id: Id
    kind: Annotated[str, OneOf(EXPORT_KINDS)]
    rows: int
    masked: bool
    sha256: Sha256


@request(component="enrollment.ExportRoster")
class ExportRoster:
    """Without ``term_id``: the term that runs or comes next. ``masked`` asks for a masked copy."""

    school_id: Id
    term_id: Id | None = None
    masked: bool = False


@reply
class Export:
    """``masked`` is true for every role but the school's office and finance."""

    export_id: str
    kind: str
    school_id: str
    term_id: str
    rows: int
    masked: bool
    sha256: Sha256
    made_at: str
    file: File


EXPORT_ROSTER = command(
    "export_roster",
    "/schools/{school_id}/roster.xlsx",
    "A term's applications as a workbook; every export is recorded (ExportMade)",
    ExportRoster,
    Export,
    roles=("school_office", "school_finance", "bureau"),
    reads=("school_id", "export"),
)
