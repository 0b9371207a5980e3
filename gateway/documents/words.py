"""How documents say days, instants and the words of the services."""

from __future__ import annotations

from datetime import date, datetime

from chassis.kernel.call import CHINA
from gateway import texts


def day(value: str) -> str:
    """Return ``2026年9月1日``."""
    on = date.fromisoformat(value[:10])
    return f"{on.year}年{on.month}月{on.day}日"


def instant(value: str) -> str:
    """Return ``2026年8月20日 09:00:00（北京时间）``."""
    at = datetime.fromisoformat(value).astimezone(CHINA)
    return f"{day(at.date().isoformat())} {at:%H:%M:%S}（北京时间）"


def word(group: str, value: str) -> str:
    """Return the word for a value that services send; the value itself if there is none."""
    key = f"{group}.{value}"
    return texts.text("zh", key) if texts.has(key) else value


def account(consent: dict[str, str]) -> str:
    """Return which account acted, in which role."""
    return f"{consent['account_id']}（{word('role', consent['role'])}）"


def place(recorded: dict[str, str | int]) -> str:
    """Return where a fact stands in the log."""
    return "{service} / {partition} / {seq} / {event_id}".format_map(recorded)
