"""What families read of their places: how they stand, why they wait, why the allocation did so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from services.enrollment.offerings.tables import offerings, places


def standing(connection: Connection, row: dict[str, Any]) -> dict[str, Any]:
    """Return how a pupil stands at an offering, and why, if it is waiting."""
    waits = row["standing"] == "waiting"
    ahead = places.ahead_of(connection, row) if waits else 0
    return stands(row, ahead, capacity_of(connection, row["offering_id"]))


def stands(row: dict[str, Any], ahead: int, capacity: int) -> dict[str, Any]:
    """Return the same where the line and the number of places are known."""
    waits = row["standing"] == "waiting"
    named = ("offering_id", "student_id", "standing", "until")
    return {
        **{name: row[name] for name in named},
        "ahead": ahead,
        "reason": _waits(ahead, capacity) if waits else None,
    }


def capacity_of(connection: Connection, offering_id: str) -> int:
    """Return how many places an offering has now."""
    row = offerings.offering(connection, offering_id)
    assert row is not None
    found = places.capacity_of(connection, [offering_id])
    return int(found.get(offering_id, row["capacity"]))


def allocation(connection: Connection, result: dict[str, Any]) -> dict[str, Any]:
    """Return why the allocation gave a pupil what it gave, in two languages."""
    ids = [*result["full_before"], *([result["offering_id"]] if result["offering_id"] else [])]
    titles = {each: row["title"] for each, row in offerings.by_id(connection, ids).items()}
    full = "、".join(titles.get(each, each) for each in result["full_before"])
    group = (
        "优先学生" if result["rank"] == 0 else "一般学生",
        "priority" if result["rank"] == 0 else "general",
    )
    order = ("抽签", "by lot") if result["rule"] == "lottery" else ("申请先后", "by arrival")
    zh = f"{group[0]}，{order[0]}第 {result['turn']} 位（共 {result['pupils']} 位）。"
    en = f"Group {group[1]}, {order[1]}: turn {result['turn']} of {result['pupils']}. "
    if full:
        zh += f"轮到时已满：{full}。"
        en += f"Full when your turn came: {full}. "
    if result["offering_id"]:
        got = titles.get(result["offering_id"], "")
        zh += f"获得第 {result['choice']} 志愿“{got}”。"
        en += f"Got choice {result['choice']}: {got}."
    else:
        zh += "所选项目都已满，已按次序候补。"
        en += "All choices were full; waiting in that order."
    named = ("turn", "pupils", "rank", "rule", "offering_id", "choice")
    return {**{name: result[name] for name in named}, "text": {"zh": zh, "en": en}}


def _waits(ahead: int, capacity: int) -> dict[str, str]:
    return {
        "zh": f"{capacity} 个名额已满，前面还有 {ahead} 位在候补。有空位时按次序为您保留。",
        "en": f"All places ({capacity}) are taken; ahead of you in the line: {ahead}. "
        "A place that becomes free is kept for you in turn.",
    }
