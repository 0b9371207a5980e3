"""``hp3 create-operator``: an account that may set everything up."""

from __future__ import annotations

import argparse

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("create-operator", help="an account that may set everything up")
    parser.add_argument("username")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    import secrets

    from gateway.accounts import NewAccount
    from hp3.installation import accounts

    opened = accounts()
    password = secrets.token_urlsafe(12)
    wanted = NewAccount(username=options.username, password=password, role="operator")
    _, fresh = opened.create_many([wanted])[0]
    if not fresh:
        opened.set_password(options.username, password)
    opened.close()
    print(f"operator {options.username}, password: {password}")
    return 0
