"""Every string of the interface, in Chinese and English, under one key each.

Most stand in ``zh.json`` and ``en.json`` here; a page may have its own in a ``.toml`` beside it,
zh beside en.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

LANGUAGES = ("zh", "en")
PAGES = Path(__file__).parents[1] / "pages"


def _stored() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each file's texts, by language."""
    for language in LANGUAGES:
        path = Path(__file__).with_name(f"{language}.json")
        yield language, json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(PAGES.rglob("*.toml")):
        own = tomllib.loads(path.read_text(encoding="utf-8"))
        for language in LANGUAGES:
            yield language, {key: words[language] for key, words in own.items()}


def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return all texts by language and key.

    Raises:
        KeyError: a text is not there in each language.
        ValueError: a key is written twice.
    """
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for language, texts in _stored():
        if twice := sorted(found[language].keys() & texts.keys()):
            raise ValueError(f"{', '.join(twice)}: written twice.")
        found[language] |= texts
    return found


CATALOGUE: Mapping[str, Mapping[str, str]] = catalogue()


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
