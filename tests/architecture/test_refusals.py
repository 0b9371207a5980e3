"""Refusals: a class with a code and parameters; the words beside it, in both languages, and used.

Each place that makes a refusal is compared with the sentence that it will be said with.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from chassis.kernel.errors import BusinessRuleViolation
from chassis.kernel.texts import FILE, LANGUAGES, sentence_of, sentences, texts_of
from tests.architecture.source import CODE, ROOT, domain_files, python_files, tree_of

Kind = type[BusinessRuleViolation]

CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
PROSE = re.compile(r"\w\s+\w")
FILES = sorted(path for folder in CODE for path in (ROOT / folder).rglob(FILE))
SOURCES = [path for path in python_files(*CODE) if "migrations" not in path.parts]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def last_name(node: ast.expr) -> str:
    """The name after the last dot: ``X`` of ``X``, of ``errors.X``, of ``errors.X[each]``."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return last_name(value)
    return ""


@cache
def names() -> frozenset[str]:
    """What refusals are called, anywhere in the code."""
    classes = [
        (node.name, {last_name(base) for base in node.bases})
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    ]
    found, before = {BusinessRuleViolation.__name__}, 0
    while len(found) > before:
        before = len(found)
        found |= {name for name, bases in classes if bases & found}
    return frozenset(found)


@cache
def tables() -> frozenset[str]:
    """The dictionaries from which a refusal is chosen."""
    return frozenset(
        last_name(target)
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if {last_name(value) for value in node.value.values} & names()
    )


class Names:
    """What the names of one file stand for."""

    def __init__(self, tree: ast.Module, module: str) -> None:
        self.module = module
        self.own = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        self.own |= {
            last_name(target)
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        }
        self.imported = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }

    def meant_by(self, node: ast.expr) -> Any:
        match node:
            case ast.Subscript(value=value):
                return self.meant_by(value)
            case ast.Attribute(value=value, attr=attr):
                return getattr(self.meant_by(value), attr, None)
            case ast.Name(id=name) if name in self.imported:
                origin, wanted = self.imported[name]
                owner = import_module(origin)
                return getattr(owner, wanted, None) or import_module(f"{origin}.{wanted}")
            case ast.Name(id=name) if name in self.own:
                return getattr(import_module(self.module), name)
        return None

    def refusals(self, node: ast.expr) -> list[Kind]:
        """The classes that an expression names: one, or all of a dictionary."""
        if last_name(node) not in (tables() if isinstance(node, ast.Subscript) else names()):
            return []
        meant = self.meant_by(node)
        found = list(meant.values()) if isinstance(meant, Mapping) else [meant]
        return [
            each
            for each in found
            if isinstance(each, type) and issubclass(each, BusinessRuleViolation)
        ]


@cache
def used() -> frozenset[tuple[Kind, str]]:
    """The classes that are made or handed on somewhere, by case."""
    return frozenset(
        (kind, case)
        for path in SOURCES
        for kind, case in uses(tree_of(path), Names(tree_of(path), module_of(path)))
    )


@cache
def spoken() -> frozenset[tuple[str, str, str]]:
    """What is said somewhere: the package whose file says it, the code, the case."""
    return frozenset(
        (sentence_of(kind, kind.code, case)[0], kind.code, case)
        for kind, case in used()
        if case or has_plain_words(kind)
    )


def has_plain_words(kind: Kind) -> bool:
    try:
        return bool(sentence_of(kind, kind.code, ""))
    except KeyError:  # named to be caught or told apart, never made
        return False


def uses(tree: ast.Module, known: Names) -> Iterator[tuple[Kind, str]]:
    passive = {
        id(part) for node in ast.walk(tree) for held in _passive(node) for part in ast.walk(held)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from ((kind, case_of(node)) for kind in known.refusals(node.func))
            passive |= {id(node.func)}
        elif isinstance(node, ast.Name | ast.Attribute) and id(node) not in passive:
            yield from ((kind, "") for kind in known.refusals(node))


def _passive(node: ast.AST) -> list[ast.AST]:
    """The parts of a node that name a class without making one."""
    match node:
        case ast.ClassDef(bases=bases):
            return list(bases)
        case ast.ExceptHandler(type=ast.expr() as caught):
            return [caught]
        case ast.FunctionDef(returns=ast.expr() as returned):
            return [returned]
        case ast.arg(annotation=ast.expr() as said) | ast.AnnAssign(annotation=said):
            return [said]
    return []


def case_of(call: ast.Call) -> str:
    match call.args:
        case [ast.Constant(value=str(case))]:
            return case
    return ""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def mistakes(tree: ast.Module, module: str) -> Iterator[str]:
    """The refusals of a file that are not made as they will be said."""
    known = Names(tree, module)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for kind in known.refusals(call.func):
            where = f"line {call.lineno}: {kind.__name__}"
            if len(call.args) > 1 or (call.args and not case_of(call)):
                yield f"{where}: not a case"
                continue
            try:
                _, said = sentence_of(kind, kind.code, case_of(call))
            except KeyError as missing:
                yield f"{where}: {missing}"
                continue
            told = {keyword.arg for keyword in call.keywords}
            yield from (
                f"{where}: {language} tells {placeholders(said[language])}, given is {told}"
                for language in LANGUAGES
                if placeholders(said[language]) != told
            )


def prose(tree: ast.Module) -> Iterator[str]:
    """The words that a pure file speaks, and the sentences that it hands to a refusal."""
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    handed = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and last_name(call.func) in names()
        for part in ast.walk(call)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in silent and (
                CJK.search(text) or (id(node) in handed and PROSE.search(text))
            ):
                yield f"line {node.lineno}: {text}"


def test_each_refusal_is_made_with_what_its_words_tell():
    found = {name_of(path): list(mistakes(tree_of(path), module_of(path))) for path in SOURCES}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_domain_speaks_no_prose():
    found = {name_of(path): list(prose(tree_of(path))) for path in domain_files()}

    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_all_words_are_used_and_in_both_languages(path: Path):
    package = module_of(path.parent)
    texts = texts_of(package)
    told: set[str] = set()
    for code, table in texts.items():
        if code == "words":
            continue
        for case, said in sentences(table):
            assert set(said) == set(LANGUAGES), (code, case)
            assert all(said.values()), (code, case)
            assert (package, code, case) in spoken(), f"nobody says {code} {case}"
            told |= placeholders(said["zh"])
    for parameter, called in texts.get("words", {}).items():
        assert parameter in told
        assert all(set(word) == set(LANGUAGES) and all(word.values()) for word in called.values())


PROVIDERS = "from services.safety.providers import errors\n"
SAFETY = "from services.safety import errors\n"


@pytest.mark.parametrize(
    "line",
    [
        "errors.RemovalInThePast(day=today)",
        "errors.RemovalInThePast()",
        "errors.RemovalInThePast(today=today, more=1)",
        'errors.RemovalInThePast("yesterday", today=today)',
        "errors.RemovalInThePast(words, today=today)",
        'errors.RemovalInThePast("退出日期请选以后。", "Choose a later day.")',
    ],
)
def test_a_refusal_made_otherwise_is_reported(line: str):
    assert list(mistakes(ast.parse(PROVIDERS + line), "services.safety.providers.canary"))


def test_a_refusal_out_of_a_dictionary_is_reported_too():
    source = "from services.fees.tariffs import errors\nerrors.UNSET[name](name=name)"

    assert len(list(mistakes(ast.parse(source), "services.fees.tariffs.canary"))) == 2 * 2


def test_a_refusal_made_as_it_is_said_is_not_reported():
    tree = ast.parse(f"{PROVIDERS}errors.RemovalInThePast(today=today)")

    assert list(mistakes(tree, "services.safety.providers.canary")) == []
    assert list(prose(tree)) == []


@pytest.mark.parametrize(
    "line",
    [
        'NAMES = {"safety": "安全"}',
        'f"星期{day}"',
        'errors.RemovalInThePast(today="a later day")',
        'errors.RemovalInThePast(today=f"{day} or later please")',
    ],
)
def test_prose_in_the_domain_is_reported(line: str):
    assert list(prose(ast.parse(line)))


@pytest.mark.parametrize("line", ["errors.SchoolUnknown", "raise errors.SchoolUnknown()"])
def test_a_class_that_is_made_or_handed_on_counts_as_used(line: str):
    tree = ast.parse(SAFETY + line)

    [(kind, case)] = set(uses(tree, Names(tree, "services.safety.canary")))
    assert (kind.code, case) == ("safety.school-unknown", "")


@pytest.mark.parametrize(
    "line",
    [
        "class X(errors.SchoolUnknown): pass",
        "try: pass\nexcept errors.SchoolUnknown: pass",
        "def x() -> errors.SchoolUnknown: ...",
        "def x(why: errors.SchoolUnknown | None): ...",
    ],
)
def test_a_class_that_is_only_named_does_not_count_as_used(line: str):
    tree = ast.parse(SAFETY + line)

    assert list(uses(tree, Names(tree, "services.safety.canary"))) == []
