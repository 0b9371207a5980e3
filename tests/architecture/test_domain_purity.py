"""The domain touches nothing but its arguments."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, domain_files, named, python_files, tree_of

IMPURE = {
    "asyncio", "ctypes", "fileinput", "ftplib", "glob", "http", "io", "logging", "mmap",
    "multiprocessing", "os", "pathlib", "pickle", "queue", "random", "sched", "secrets", "select",
    "shelve", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile",
    "threading", "time", "urllib", "warnings",
}  # fmt: skip
IMPURE_NAMES = {"breakpoint", "eval", "exec", "globals", "input", "open", "print"}
IMPURE_METHODS = {"fromtimestamp", "now", "today", "utcnow", "uuid1", "uuid4", "uuid7"}
CLOCKS = {"datetime", "date", "uuid"}

PURE_FILES = domain_files() + python_files("chassis/kernel")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def foreign_imports(tree: ast.Module, home: str) -> list[str]:
    """Imports that are neither pure standard library, nor the kernel, nor as pure as ``home``.

    A service's domain may say its own events: its own part of the contracts.
    """
    service = home.split(".")[1]
    near = re.compile(
        rf"{re.escape(home)}\.|services\.{service}\.(\w+\.)?(domain|errors)\."
        rf"|chassis\.kernel\.|contracts\.shapes\.|contracts\.{service}\."
    )
    return [
        name
        for name in named(tree)
        if not near.match(f"{name}.")
        and (name.split(".")[0] not in sys.stdlib_module_names or name.split(".")[0] in IMPURE)
    ]


def impure_calls(tree: ast.Module) -> Iterator[str]:
    """Calls that read a clock, make an id by chance, or speak to the world."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_NAMES | IMPURE_METHODS:
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(attr=name, value=owner)) if name in IMPURE_METHODS:
                spoken = ast.unparse(owner)
                if spoken.split(".")[-1] in CLOCKS:
                    yield f"line {node.lineno}: {spoken}.{name}()"


@pytest.mark.parametrize("path", PURE_FILES, ids=name_of)
def test_pure_code_imports_only_pure_code(path: Path):
    home = ".".join(path.relative_to(ROOT).parts[: 3 if path.parts[-3] != "chassis" else 2])

    assert foreign_imports(tree_of(path), home) == []


@pytest.mark.parametrize("path", PURE_FILES, ids=name_of)
def test_pure_code_calls_no_clock_no_chance_and_no_file(path: Path):
    assert list(impure_calls(tree_of(path))) == []


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "from random import choice",
        "import sqlalchemy as sa",
        "from services.safety.domain import events",
        "from services.fees.domain_of_others import x",
        "from services.fees import handlers",
        "from services.fees.charges import tables",
        "from services.safety.incidents import errors",
        "from contracts.safety.incidents import IncidentReported",
        "from contracts.schemas import schema_of",
        "from . import values",
        "from chassis.vault import Vault",
    ],
)
def test_a_foreign_import_is_reported(line: str):
    assert foreign_imports(ast.parse(line), "services.fees.domain")


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import date",
        "from chassis.kernel.errors import NotFound",
        "from services.fees.domain.values import Money",
        "from services.fees.domain import errors",
        "from services.fees.charges import errors",
        "from services.fees.charges.domain.months import month_of",
        "from services.fees.waivers.domain import WAIVERS",
    ],
)
def test_a_pure_import_is_not_reported(line: str):
    assert foreign_imports(ast.parse(line), "services.fees.domain") == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "uuid.uuid4()",
        "uuid4()",
        "open('x')",
        "print('x')",
    ],
)
def test_an_impure_call_is_reported(line: str):
    assert list(impure_calls(ast.parse(line)))


@pytest.mark.parametrize("line", ["call.now", "call.today", "reopen('x')", "call.now - then"])
def test_a_pure_expression_is_not_reported(line: str):
    assert list(impure_calls(ast.parse(line))) == []
