"""The command line: ``hp3 run`` for a first look, the cluster's processes, and operators' tools."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from chassis.kernel.errors import BusinessRuleViolation
from chassis.settings import WrongSetting
from chassis.vault import WrongMasterKey
from hp3.commands import (
    as_of,
    backup,
    doctor,
    erase,
    export,
    importing,
    keys,
    operators,
    parked,
    processes,
    prove,
    rebuild,
    replay,
    run,
    status,
    verify,
)

COMMANDS = (
    run,
    status,
    doctor,
    rebuild,
    as_of,
    parked,
    replay,
    verify,
    prove,
    export,
    erase,
    keys,
    backup,
    importing,
    operators,
    processes,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except (
        BusinessRuleViolation,
        WrongSetting,
        WrongMasterKey,
        OSError,
        OperationalError,
    ) as problem:
        print(f"hp3: {_words(problem)}", file=sys.stderr)
        return 1


def _words(problem: Exception) -> str:
    if isinstance(problem, OperationalError):
        reason = str(problem.orig).strip().partition("\n")[0]
        return f"数据库没有响应。 A database does not answer; see hp3 doctor. {reason}"
    if isinstance(problem, OSError) and problem.filename is not None:
        return f"{problem.filename}: {problem.strerror}"
    english = getattr(problem, "en", "")
    return f"{problem} {english}" if english and english != str(problem) else str(problem)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hp3", description="Half Past Three (三点半)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser
