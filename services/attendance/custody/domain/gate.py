"""The refusal for each reason at the gate. A reason is stored with the event for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.attendance.custody import errors

WRONG_TRIES = frozenset({"wrong-code", "code-of-another-receiver"})
"""Refusals that count towards the lock."""

_REASONS: Mapping[str, Callable[[], errors.PickupRefusal]] = {
    "wrong-code": errors.WrongCode,
    "code-of-another-receiver": lambda: errors.ReceiverNotAuthorised("of-another-receiver"),
    "code-expired": errors.CodeExpired,
    "code-locked": errors.CodeLocked,
    "receiver-not-authorised": errors.ReceiverNotAuthorised,
    "receiver-revoked": errors.ReceiverRevoked,
    "already-handed-over": errors.AlreadyHandedOver,
    "not-in-care": errors.NotInCare,
}


def error(reason: str) -> errors.PickupRefusal:
    """Return the refusal for ``reason``."""
    return _REASONS[reason]()


def unknown_code() -> errors.CodeUnknown:
    """Return why a search by code found nobody."""
    return errors.CodeUnknown()
