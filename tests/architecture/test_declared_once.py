"""A fact and an operation are declared in one module; what follows from that is kept by no hand.

Each rule has its canary: a few lines that break it.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from contracts import language
from contracts.shapes import said
from tests.architecture.source import CODE, ROOT, python_files, tree_of

NOT_ITS_OWN = (ast.Attribute, ast.List, ast.Tuple)
"""Functions of other modules, or several."""

Trees = Iterable[tuple[str, ast.Module]]

SHAPES = "contracts.shapes"
EVENTS = {
    said(event).name
    for events in (*language.EVENTS.values(), language.SHARED)
    for event in events.values()
}


def production() -> list[tuple[str, ast.Module]]:
    """The modules that run, by name."""
    return [
        (str(path.relative_to(ROOT)), tree_of(path))
        for path in python_files(*CODE)
        if "migrations" not in path.parts and "testing" not in path.parts
    ]


def classes(trees: Trees, names: set[str]) -> Mapping[str, list[str]]:
    """Which modules have a class of these names."""
    found: dict[str, list[str]] = defaultdict(list)
    for module, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name in names:
                found[node.name].append(module)
    return found


def operations(trees: Trees) -> Mapping[str, list[str]]:
    """Which modules declare which operation: ``contracts/fees run_charges``, or another folder."""
    found: dict[str, list[str]] = defaultdict(list)
    for module, tree in trees:
        for name in _declared(tree):
            found[f"{Path(module).parent} {name}"].append(module)
    return found


def _declared(tree: ast.Module) -> Iterator[str]:
    makers = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == SHAPES
        for alias in node.names
        if alias.name in ("command", "query")
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=maker), args=[ast.Constant(value=str(name)), *_]):
                if maker in makers:
                    yield name


def kept_by_hand(tree: ast.Module) -> Iterator[str]:
    """Tables of what others do about an event by its name, codecs, and remote calls by name.

    A module's table of its own words or tables is none of them.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys, values=values):
                yield from (
                    f"line {node.lineno}: what is done about {_event_named(key)}"
                    for key, value in zip(keys, values, strict=True)
                    if _event_named(key)
                    and (isinstance(key, ast.Tuple) or isinstance(value, NOT_ITS_OWN))
                )
            case ast.Call(func=called, args=[first, *_]):
                name = ast.unparse(called).rpartition(".")[2]
                if name == "remote" and isinstance(first, ast.Constant):
                    yield f"line {node.lineno}: {ast.unparse(node)}"
                if name == "Codec" and not isinstance(first, ast.Tuple | ast.Name):
                    yield f"line {node.lineno}: a codec of its own"


def _event_named(key: ast.expr | None) -> str:
    """The event that a key names: ``"X"``, or ``("X", 1)``."""
    match key:
        case ast.Constant(value=str(name)) | ast.Tuple(elts=[ast.Constant(value=str(name)), *_]):
            return name if name in EVENTS else ""
    return ""


def test_each_event_is_a_class_of_one_module():
    found = classes(production(), EVENTS)

    assert {name for name in EVENTS if len(found[name]) != 1} == set()
    assert {module.partition("/")[0] for [module] in found.values()} == {"contracts"}


def test_each_operation_is_declared_in_one_module_of_the_contracts():
    found = operations(production())
    known = {
        f"contracts/{folder} {name}"
        for folder, declared in language.OPERATIONS.items()
        for name in declared
    }

    assert found.keys() == known
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def test_no_list_of_events_or_operations_is_kept_by_hand():
    found = {module: list(kept_by_hand(tree)) for module, tree in production()}

    assert {module: lists for module, lists in found.items() if lists} == {}


def test_an_event_that_stands_twice_is_reported():
    twice = [
        ("contracts/fees/charges.py", ast.parse("@event\nclass FeeCharged: ...")),
        ("services/fees/domain/events.py", ast.parse("@dataclass\nclass FeeCharged: ...")),
    ]

    assert classes(twice, EVENTS) == {"FeeCharged": [module for module, _ in twice]}


def test_an_operation_that_stands_twice_or_elsewhere_is_reported():
    source = ast.parse("from contracts.shapes import query as ask\nA = ask('list_charges', '/x')")
    modules = ("contracts/fees/a.py", "contracts/fees/b.py", "services/fees/c.py")

    assert operations([(module, source) for module in modules]) == {
        "contracts/fees list_charges": ["contracts/fees/a.py", "contracts/fees/b.py"],
        "services/fees list_charges": ["services/fees/c.py"],
    }


@pytest.mark.parametrize(
    "line",
    [
        'PROJECTIONS = {"FeeCharged": [charges.project]}',
        'EVENTS = {("FeeCharged", 1): FeeChargedV1}',
        'get_fees = remote("get_fees")',
        'CODEC = Codec({"x": 1}, {})',
        "CODEC = codec.Codec([FeeCharged], {})",
    ],
)
def test_a_list_that_is_kept_by_hand_is_reported(line: str):
    assert list(kept_by_hand(ast.parse(line)))


def test_a_modules_own_table_is_not_reported():
    for table in ('{"ApplicationAccepted": "accepted"}', '{"TermOpened": terms}'):
        assert list(kept_by_hand(ast.parse(table))) == []
