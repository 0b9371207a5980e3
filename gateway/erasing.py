"""Erase a person everywhere: every service that may hold something, then their accounts.

The service that may refuse comes first. Each step is done once however often it is asked for, so
whoever was interrupted simply asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from gateway.accounts import Accounts

SERVICES = ("attendance", "enrollment", "fees", "safety")

Ask: TypeAlias = Callable[[str, str, Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]
"""``ask(service, operation, params, body)`` as the operator who erases."""


def erase(ask: Ask, accounts: Accounts, person_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what each service did (contracts.operations.replies.Erased)."""
    done = [
        dict(ask(service, "erase_person", {"person_id": person_id}, body)) for service in SERVICES
    ]
    held = any(each["subjects"] or each["already_erased"] for each in done)
    closed = 0
    if held and not body.get("dry_run"):
        closed = accounts.close_person(person_id)
    return {"person_id": person_id, "services": done, "accounts_closed": closed}
