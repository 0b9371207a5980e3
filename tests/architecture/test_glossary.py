"""The glossary has one row per word."""

from __future__ import annotations

from collections.abc import Iterable

from tests.architecture.source import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


def words(lines: Iterable[str]) -> list[str]:
    """The words of the first column; a row may be about two that belong together."""
    rows = (line.split("|")[1].strip() for line in lines if line.startswith("| "))
    return [word for row in rows if row != "English" for word in row.split(", ")]


def twice(lines: Iterable[str]) -> set[str]:
    found = words(lines)
    singular = [word.removesuffix("s") for word in found]
    return {word for word in singular if singular.count(word) > 1}


def test_no_word_has_two_rows():
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()

    assert len(words(lines)) > 100
    assert twice(lines) == set()


def test_a_second_row_is_reported():
    rows = ["| English | 中文 | meaning |", "| lot, seed | x | y |", "| place | a | b |"]

    assert twice([*rows, "| seed | x | y |", "| places | a | b |"]) == {"seed", "place"}
