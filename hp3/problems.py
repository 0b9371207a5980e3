"""The catalogue of refusals, made from their classes and words: ``make events``.

    python -m hp3.problems          writes gateway/docs/problems.json

The gateway shows it at ``/docs/problems``; it knows no service, so it cannot make it. A test fails
when it is older than the classes and the words.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from chassis.kernel.errors import BusinessRuleViolation
from chassis.kernel.texts import FILE, Language, sentences, texts_of

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "gateway" / "docs" / "problems.json"
_CLASS = re.compile(r"^class (\w+)\((?:\w+\.)*(\w+)\):", re.MULTILINE)

SPEAKING = ("chassis", "registers", "services", "gateway")
"""What answers over the API. The command line's own refusals are no problem documents."""


def main() -> None:
    """Write the file."""
    CATALOGUE.write_text(catalogue_text(), encoding="utf-8")


def catalogue_text() -> str:
    """Return the text of problems.json."""
    return json.dumps(catalogue(), ensure_ascii=False, indent=1) + "\n"


def catalogue() -> list[dict[str, Any]]:
    """Return what each code means, by code: its kind, its clauses, its sentences."""
    classes: dict[str, list[type[BusinessRuleViolation]]] = defaultdict(list)
    for each in refusals():
        classes[each.code].append(each)
    return [
        {
            "code": code,
            "kind": classes[code][0].kind,
            "clauses": sorted({clause for each in classes[code] for clause in each.clauses}),
            "says": says,
        }
        for code, says in sorted(_said().items())
    ]


def refusals() -> list[type[BusinessRuleViolation]]:
    """Return every class of refusal that can answer over the API."""
    for module in _defining():
        import_module(module)
    below = _below(BusinessRuleViolation)
    return [each for each in below if each.__module__.partition(".")[0] in SPEAKING]


def files() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each file of words with what it holds."""
    for folder in SPEAKING:
        for path in sorted((ROOT / folder).rglob(FILE)):
            yield path, dict(texts_of(module_of(path.parent)))


def _said() -> dict[str, list[Mapping[Language, str]]]:
    found: dict[str, list[Mapping[Language, str]]] = defaultdict(list)
    for _, texts in files():
        for code, table in texts.items():
            if code != "words":
                found[code] += [said for _, said in sentences(table)]
    return found


def _defining() -> set[str]:
    """Return the modules that define a refusal; importing others would do more than that."""
    found = [
        (module_of(path), name, base)
        for folder in SPEAKING
        for path in (ROOT / folder).rglob("*.py")
        for name, base in _CLASS.findall(path.read_text(encoding="utf-8"))
    ]
    names, before = {BusinessRuleViolation.__name__}, 0
    while len(names) > before:
        before = len(names)
        names |= {name for _, name, base in found if base in names}
    return {module for module, _, base in found if base in names}


def module_of(path: Path) -> str:
    """Return the name by which a file, or a package by its folder, is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _below(kind: type[BusinessRuleViolation]) -> Iterator[type[BusinessRuleViolation]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


if __name__ == "__main__":
    main()
