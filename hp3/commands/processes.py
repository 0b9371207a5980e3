"""``hp3 rpc|worker SERVICE`` and ``hp3 gateway``: the cluster's processes."""

from __future__ import annotations

import argparse

from hp3.commands import Commands

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")


def add_to(commands: Commands) -> None:
    """Add the commands."""
    for name, help_text in (("rpc", "commands and queries"), ("worker", "relay and consumer")):
        parser = commands.add_parser(name, help=f"one service's {help_text} (cluster)")
        parser.add_argument("service", choices=SERVICES)
        parser.set_defaults(run=_rpc if name == "rpc" else _worker)
    gateway = commands.add_parser("gateway", help="the HTTP gateway (cluster)")
    gateway.set_defaults(run=_gateway)


def _rpc(options: argparse.Namespace) -> int:
    from hp3 import cluster

    return cluster.serve_rpc(options.service) or 0


def _worker(options: argparse.Namespace) -> int:
    from hp3 import cluster

    return cluster.serve_worker(options.service) or 0


def _gateway(_options: argparse.Namespace) -> int:
    from hp3 import cluster

    return cluster.serve_gateway() or 0
