"""Every string of the interface, in Chinese and English, under one key each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("zh", "en")


def _load(language: str) -> Mapping[str, str]:
    path = Path(__file__).with_name(f"{language}.json")
    texts: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


CATALOGUE: Mapping[str, Mapping[str, str]] = {language: _load(language) for language in LANGUAGES}


def text(language: str, key: str, **values: object) -> str:
    """Return the text of ``key`` with its ``{places}`` filled.

    Raises:
        KeyError: the catalogue has no such key; every key is there in both languages.
    """
    found = CATALOGUE[language][key]
    return found.format(**values) if values else found


def has(key: str) -> bool:
    """Return whether there is a text of ``key``; for keys made from data."""
    return key in CATALOGUE["zh"]
