"""``hp3 import roster``: pupils and guardians of a school, from a file."""

from __future__ import annotations

import argparse
import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hp3.commands import Commands


def add_to(kinds: Commands) -> None:
    """Add the kind of import."""
    parser = kinds.add_parser("roster", help="pupils and guardians of a school, from a file")
    parser.add_argument("file", type=Path, help="OneRoster 1.2 CSV (zip), .xlsx or .csv")
    parser.add_argument("--school", required=True, help="the school's id")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--verdicts", type=Path, help="where to write the verdict per row")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import calls, show

    body = {
        "filename": options.file.name,
        "content_base64": base64.b64encode(options.file.read_bytes()).decode(),
    }
    operation = "check_roster" if options.dry_run else "import_roster"
    with calls() as installation:
        report = installation.ask("enrollment", operation, {"school_id": options.school}, body)
    rows = report.pop("rows")
    if options.verdicts is not None:
        options.verdicts.write_text(_as_csv(rows), encoding="utf-8-sig")
    report["refused_rows"] = [row for row in rows if row["outcome"] == "refused"][:20]
    show(report)
    return 0


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = ["行,结果,代码,字段,说明"]
    for row in rows:
        detail = (row["detail"] or {}).get("zh", "")
        lines.append(
            f'{row["line"]},{row["outcome"]},{row["code"] or ""},{row["field"] or ""},"{detail}"'
        )
    return "\n".join(lines) + "\n"
