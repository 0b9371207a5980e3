"""The words of refusals: in the nearest ``texts.toml`` above the class, zh beside en.

A table is named after the code. Where one code has several sentences, each other one is a subtable
named after its case. ``[words.<parameter>]`` says what the values of a parameter are called; a
value that is not there stands for itself. The files are part of the code and read once, like it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
Texts: TypeAlias = Mapping[str, Any]

FILE = "texts.toml"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_COMMAS: Mapping[Language, str] = {"zh": "、", "en": ", "}


def said(
    language: Language, kind: type, code: str, case: str, parameters: Mapping[str, object]
) -> str:
    """Return the sentence of a refusal of class ``kind``.

    Raises:
        KeyError: there are no such words, or a parameter of theirs was not given.
    """
    package, sentence = sentence_of(kind, code, case)
    speaker = _Speaker(language, texts_of(package).get("words", {}))
    return speaker.vformat(sentence[language], (), parameters)


def words(module: str, parameter: str) -> Mapping[str, Mapping[Language, str]]:
    """Return what the values of a parameter are called for the refusals of a module."""
    speaking = (texts_of(package).get("words", {}) for package in _above(module))
    found: Mapping[str, Mapping[Language, str]] = next(
        called[parameter] for called in speaking if parameter in called
    )
    return found


def sentences(table: Texts) -> Iterator[tuple[str, Mapping[Language, str]]]:
    """Yield the sentences of a code by case; its only or its plain one has the case ``""``."""
    plain: Mapping[Language, str] = {each: table[each] for each in LANGUAGES if each in table}
    if plain:
        yield "", plain
    yield from ((case, texts) for case, texts in table.items() if isinstance(texts, dict))


@cache
def texts_of(package: str) -> Texts:
    """Return what a package's own file holds: nothing, if it has none."""
    file = files(package) / FILE
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def sentence_of(kind: type, code: str, case: str) -> tuple[str, Mapping[Language, str]]:
    """Return the package whose file speaks for a class of refusal, and the sentence.

    Raises:
        KeyError: none does.
    """
    for each in kind.__mro__:
        for package in _above(each.__module__):
            found = dict(sentences(texts_of(package).get(code, {}))).get(case)
            if found is not None:
                return package, found
    raise KeyError(f"no words for {code} {case}".rstrip())


def _above(module: str) -> Iterator[str]:
    while module := module.rpartition(".")[0]:
        yield module


class _Speaker(Formatter):
    """Says values in one language: what has a name by it, a list with the language's commas.

    A list's format is another separator; ``-`` leaves unsaid what only the other language says.
    """

    def __init__(self, language: Language, called: Texts) -> None:
        self.language = language
        self.called = called

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, Any]) -> Any:
        """Return a parameter as it is called in the language."""
        value, called = kwargs[str(key)], self.called.get(str(key), {})
        if isinstance(value, Collection) and not isinstance(value, str):
            return [self._called(each, called) for each in value]
        return self._called(value, called)

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as it is said."""
        match value, format_spec:
            case _, "-":
                return ""
            case list(), separator:
                return (separator or _COMMAS[self.language]).join(map(str, value))
            case datetime(), "":
                return value.isoformat()
        return format(value, format_spec)

    def _called(self, value: object, called: Texts) -> object:
        if str(value) in called:
            return called[str(value)][self.language]
        return getattr(value, self.language, value)
