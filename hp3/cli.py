"""The command line: ``hp3 run`` for a first look, the cluster's processes, and operators' tools."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chassis.kernel.errors import BusinessRuleViolation
from chassis.settings import WrongSetting

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except (BusinessRuleViolation, WrongSetting) as problem:
        print(f"hp3: {problem}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hp3", description="Half Past Three (三点半)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="serve everything in one process, with sample data")
    run.set_defaults(run=_run)

    importing = commands.add_parser("import", help="bring data in")
    kinds = importing.add_subparsers(required=True, metavar="WHAT")
    roster = kinds.add_parser("roster", help="pupils and guardians of a school, from a file")
    roster.add_argument("file", type=Path, help="OneRoster 1.2 CSV (zip), .xlsx or .csv")
    roster.add_argument("--school", required=True, help="the school's id")
    roster.add_argument("--dry-run", action="store_true", help="only say what would happen")
    roster.add_argument("--verdicts", type=Path, help="where to write the verdict per row")
    roster.set_defaults(run=_import_roster)

    rebuild = commands.add_parser("rebuild", help="rebuild the oversight views from the log")
    rebuild.add_argument("view", nargs="*", help="which views; all of them if none is named")
    rebuild.set_defaults(run=_rebuild)

    status = commands.add_parser("status", help="events per service, and what has not arrived yet")
    status.set_defaults(run=_status)

    operator = commands.add_parser("create-operator", help="an account that may set everything up")
    operator.add_argument("username")
    operator.set_defaults(run=_create_operator)

    for name, help_text in (("rpc", "commands and queries"), ("worker", "relay and consumer")):
        process = commands.add_parser(name, help=f"one service's {help_text} (cluster)")
        process.add_argument("service", choices=SERVICES)
        process.set_defaults(run=_rpc if name == "rpc" else _worker)
    gateway = commands.add_parser("gateway", help="the HTTP gateway (cluster)")
    gateway.set_defaults(run=_gateway)
    return parser


def data_folder() -> Path:
    """Return where the embedded mode keeps its data: ``HP3_DATA``, or ``var`` in this folder."""
    return Path(os.environ.get("HP3_DATA") or "var").resolve()


def _run(_options: argparse.Namespace) -> int:
    from hp3.server import serve

    return serve(
        data_folder(),
        port=int(os.environ.get("PORT") or 8000),
        clock=os.environ.get("HP3_CLOCK"),
        with_sample=os.environ.get("HP3_SAMPLE", "yes") != "no",
    )


def _import_roster(options: argparse.Namespace) -> int:
    from hp3.operations import import_roster

    report = import_roster(
        data_folder(), options.school, options.file, options.dry_run, options.verdicts
    )
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    from hp3.operations import rebuild_views

    report = rebuild_views(data_folder(), options.view)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if report["equal"] else 3


def _status(_options: argparse.Namespace) -> int:
    from hp3.operations import status

    print(json.dumps(status(data_folder()), ensure_ascii=False, indent=2))
    return 0


def _create_operator(options: argparse.Namespace) -> int:
    from hp3.operations import create_operator

    print(create_operator(data_folder(), options.username))
    return 0


def _rpc(options: argparse.Namespace) -> int:
    from hp3 import cluster

    return cluster.serve_rpc(options.service) or 0


def _worker(options: argparse.Namespace) -> int:
    from hp3 import cluster

    return cluster.serve_worker(options.service) or 0


def _gateway(_options: argparse.Namespace) -> int:
    from hp3 import cluster

    return cluster.serve_gateway() or 0
