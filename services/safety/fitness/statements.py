"""The responsibility statements that come with the product, read from ``policies/statements``."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_DATA = files("policies") / "statements"


@dataclass(frozen=True, slots=True)
class Statement:
    """One version of the responsibility statement."""

    version: str
    effective_from: date
    text: str

    @property
    def sha256(self) -> str:
        """The hash that a signature records."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@cache
def statements() -> tuple[Statement, ...]:
    """Return every version, oldest first."""
    texts = [
        each.read_text(encoding="utf-8") for each in _DATA.iterdir() if each.name.endswith(".toml")
    ]
    found = map(_statement, texts)
    return tuple(sorted(found, key=lambda each: (each.effective_from, each.version)))


def current(today: date) -> Statement:
    """Return the version to be signed on ``today``."""
    return [each for each in statements() if each.effective_from <= today][-1]


def _statement(text: str) -> Statement:
    data = tomllib.loads(text)
    sections = [f"{each['title']}\n{each['text'].strip()}" for each in data["sections"]]
    return Statement(
        version=data["version"],
        effective_from=data["effective_from"],
        text="\n\n".join([data["title"], data["preamble"].strip(), *sections]) + "\n",
    )
