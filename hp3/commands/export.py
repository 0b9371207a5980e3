"""``hp3 export``: the log as a file, under signed tree heads."""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="the log as NDJSON, under signed tree heads")
    parser.add_argument("--out", required=True, help="a file (.gz is packed), or - for the screen")
    parser.add_argument("--school", help="one school (or district); all if not given")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import services
    from services.audit.proof import exporting

    with services("audit") as opened:
        audit = opened["audit"]
        assert audit.signing_key is not None
        lines = exporting.lines(
            audit.database,
            audit.signing_key,
            audit.application.clock.now(),
            school=options.school,
            tell=lambda place, size: print(
                f"{place[0]} / {place[1]}: {size:,} events", file=sys.stderr
            ),
        )
        if options.out == "-":
            for line in lines:
                sys.stdout.write(line + "\n")
            return 0
        path = Path(options.out)
        aside = path.with_name(f".{path.name}.part")
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(aside, "wt", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(line + "\n")
        aside.replace(path)  # half an export never looks like one
    print(f"{path}: {path.stat().st_size:,} bytes", file=sys.stderr)
    return 0
