"""``hp3 status``: events per service, and what has not arrived yet."""

from __future__ import annotations

import argparse

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("status", help="events per service, and what has not arrived yet")
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace) -> int:
    from hp3.embedded import OWNERS, SERVICES
    from hp3.installation import services, show

    with services(*SERVICES) as opened:
        show(
            {
                "events": {name: sum(opened[name].log.heads().values()) for name in OWNERS},
                "behind": {
                    name: [
                        {"owner": owner, "partition": partition, "applied": at, "head": head}
                        for (owner, partition), (at, head) in service.subscriber.lag().items()
                    ]
                    for name, service in opened.items()
                    if service.subscriber is not None
                },
            }
        )
    return 0
