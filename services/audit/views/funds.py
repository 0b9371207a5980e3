"""The ledger of a school, one row per month: charged, waived, collected."""

from __future__ import annotations

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "funds"
SERVICE = "fees"
TYPES = frozenset({"FeeCharged", "PaymentRecorded"})
SUMS = ("standard_fen", "waived_fen", "charged_fen", "collected_fen")
COUNTS = ("pupils_charged", "pupils_waived")


def keys(event: Event) -> tuple[str, ...]:
    """Return the month."""
    return (event["data"]["month"],)


def fold(row: Row | None, event: Event, key: str) -> Row | None:
    """Return the month's ledger after one more entry."""
    before = row or {"month": key, **dict.fromkeys(SUMS + COUNTS, 0)}
    data = event["data"]
    if event["type"] == "PaymentRecorded":
        return {**before, "collected_fen": before["collected_fen"] + data["amount_fen"]}
    return {
        **before,
        "standard_fen": before["standard_fen"] + data["standard_fen"],
        "waived_fen": before["waived_fen"] + data["waived_fen"],
        "charged_fen": before["charged_fen"] + data["amount_fen"],
        "pupils_charged": before["pupils_charged"] + 1,
        "pupils_waived": before["pupils_waived"] + (data["waived_fen"] > 0),
    }
