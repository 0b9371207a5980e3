"""What a check says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

Level: TypeAlias = Literal["fine", "attention", "stop"]
"""``stop``: data would be lost or nothing works; a service refuses to start on it."""

SHAPES = {"fine": "✓", "attention": "!", "stop": "✕"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: where, how it is, in words, and the command that mends it."""

    level: Level
    where: str
    zh: str
    en: str
    command: str = ""

    def shown(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    def line(self) -> str:
        """Return it as a person reads it."""
        mend = f"\n    → {self.command}" if self.command else ""
        return f"{SHAPES[self.level]} {self.where}: {self.en} {self.zh}{mend}"


def fine(where: str, zh: str, en: str) -> Finding:
    """Return that all is well there."""
    return Finding(level="fine", where=where, zh=zh, en=en)


def attention(where: str, zh: str, en: str, command: str = "") -> Finding:
    """Return that somebody should look."""
    return Finding(level="attention", where=where, zh=zh, en=en, command=command)


def stop(where: str, zh: str, en: str, command: str = "") -> Finding:
    """Return that it must be mended before anything starts."""
    return Finding(level="stop", where=where, zh=zh, en=en, command=command)
