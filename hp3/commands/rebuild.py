"""``hp3 rebuild``: the oversight views from the log, compared, swapped."""

from __future__ import annotations

import argparse

from hp3.commands import Commands

DIFFERENT = 3
"""Exit status when the live rows were not what the log says."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("rebuild", help="rebuild the oversight views from the log")
    parser.add_argument("view", nargs="*", help="which views; all of them if none is named")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from hp3.installation import Refused, services, show
    from services.audit.rebuild import rebuild
    from services.audit.views import ALL

    known = {view.NAME: view for view in ALL}
    unknown = [name for name in options.view if name not in known]
    if unknown:
        raise Refused(f"no such view: {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = [known[name] for name in options.view] or list(ALL)
    with services("audit") as opened:
        report = rebuild(opened["audit"].database, chosen)
    show({**asdict(report), "equal": report.equal})
    return 0 if report.equal else DIFFERENT
