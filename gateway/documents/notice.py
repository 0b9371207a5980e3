"""A notice on paper, for a family that asks for one (P1-021, P1-100)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.documents.letter import letter

RECEIPT = ("监护人签字", "日期")
ASKS_FOR_A_SIGNATURE = ("notice_letter", "plan_change")
"""Kinds of notice that a family signs as received."""


def notice_letter(notice: Mapping[str, Any]) -> bytes:
    """Return the PDF of a notice; ``school_name`` stands beside what ``get_notice`` answers."""
    return letter(
        notice["title"],
        [each for each in notice["text"].splitlines() if each.strip()],
        sender=notice["school_name"],
        dated=notice["published_at"][:10],
        signatures=RECEIPT if notice["kind"] in ASKS_FOR_A_SIGNATURE else (),
        reference=f"通知编号 {notice['notice_id']}",
    )
