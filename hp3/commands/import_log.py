"""``hp3 import log``: an exported log into audit, checked as a whole first."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from hp3.commands import Commands


def add_to(kinds: Commands) -> None:
    """Add the kind of import."""
    parser = kinds.add_parser("log", help="an exported log, into audit's copy and views")
    parser.add_argument("file", type=Path, help="made by hp3 export")
    parser.add_argument("--key", help="the public key it must be signed with (64 hex digits)")
    parser.add_argument("--dry-run", action="store_true", help="only check the file")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import services
    from services.audit.proof import importing

    def lines() -> Iterator[str]:
        opener = gzip.open if options.file.suffix == ".gz" else open
        with opener(options.file, "rt", encoding="utf-8", newline="\n") as file:
            yield from file

    with services("audit") as opened:
        audit = opened["audit"]
        assert audit.subscriber is not None
        content = importing.check(lines, audit.subscriber, key=options.key)
        print(f"{content.events:,} events of {len(content.heads)} schools, all under signed heads")
        if not options.key:
            print(f"signed with {content.public_key}; compare it with the one you keep")
        if options.dry_run:
            return 0
        new = importing.load(lines, audit.log, audit.subscriber, tell=_tell)
    _tell(new)
    print(f"\n{new:,} were new")
    return 0


def _tell(count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{count:,}", end="", file=sys.stderr, flush=True)
