"""The words for each refusal at the gate. A reason is stored with the event for ever."""

from __future__ import annotations

from services.attendance.domain import errors

WRONG_TRIES = frozenset({"wrong-code", "code-of-another-receiver"})
"""Refusals that count towards the lock."""

_REASONS: dict[str, tuple[type[errors.PickupRefusal], str, str]] = {
    "wrong-code": (
        errors.WrongCode,
        "接送码不对，不能交接。请家长出示今天的接送码，核对后再输。",
        "The code is wrong; do not hand over. Ask for today's code and type it again.",
    ),
    "code-of-another-receiver": (
        errors.ReceiverNotAuthorised,
        "这个接送码是发给另一位接送人的，不能交接。请由本人来接，或请家长为来人重新出码。",
        (
            "This code was issued to another adult; do not hand over. That adult comes, or the "
            "guardian issues a code for this one."
        ),
    ),
    "code-expired": (
        errors.CodeExpired,
        "这个接送码已失效，不能交接。请家长重新出码。",
        "This code is no longer valid; do not hand over. Ask the guardian for a new one.",
    ),
    "code-locked": (
        errors.CodeLocked,
        "错误次数过多，已锁定。请联系家长本人重新出码后再试。",
        "Too many wrong tries; locked. Call the guardian, who issues a new code.",
    ),
    "receiver-not-authorised": (
        errors.ReceiverNotAuthorised,
        "此人今天没有接送授权，不能交接。请按留存电话联系家长。",
        (
            "This adult is not authorised today; do not hand over. Call the guardian on the number "
            "on file."
        ),
    ),
    "receiver-revoked": (
        errors.ReceiverRevoked,
        "家长已取消此人的接送授权，不能交接。请按留存电话联系家长。",
        (
            "This adult's authorisation was revoked; do not hand over. Call the guardian on the "
            "number on file."
        ),
    ),
    "already-handed-over": (
        errors.AlreadyHandedOver,
        "这个孩子今天已经交接离校，请核对看板。",
        "This child was already handed over today; check the board.",
    ),
    "not-in-care": (
        errors.NotInCare,
        "这个孩子现在不在托管中（未点名、缺勤或请假），请与班主任核对。",
        (
            "This child is not in the school's care now (no roll yet, absent or on leave); ask the "
            "class teacher."
        ),
    ),
}


def error(reason: str) -> errors.PickupRefusal:
    """Return the refusal for ``reason``."""
    kind, zh, en = _REASONS[reason]
    return kind(zh, en)


def unknown_code() -> errors.CodeUnknown:
    """Return why a search by code found nobody."""
    return errors.CodeUnknown(
        "没有找到今天的这个接送码。请核对数字；如仍不对，按班级查找孩子，不能凭此码交接。",
        "No such code today. Check the digits; the child cannot be handed over with this code.",
    )
