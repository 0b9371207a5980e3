"""docs/clauses.csv tells the truth about every clause of the two plans.

Columns: ``id``; ``state``, which is open, built (``where`` names files) or shown (``where`` names
tests, as ``tests/…/test_x.py::test_name``, that carry ``@pytest.mark.clause`` with the id).
``where`` separates several by spaces.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, python_files, tree_of

CLAUSES = [f"P1-{n:03}" for n in range(1, 106)] + [f"P2-{n:03}" for n in range(1, 117)]

Row = Mapping[str, str]


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "clauses.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def faults(table: Iterable[Row], root: Path = ROOT) -> list[str]:
    """What the table claims and the project does not bear out."""
    return [f"{row['id']}: {fault}" for row in table for fault in faults_of(row, root)]


def faults_of(row: Row, root: Path) -> Iterator[str]:
    places = row["where"].split()
    match row["state"]:
        case "open":
            if places:
                yield "open, yet somewhere"
        case "built":
            if not places:
                yield "built, but where?"
            yield from (
                f"{place} does not exist" for place in places if not (root / place).exists()
            )
        case "shown":
            if not places:
                yield "shown, but by what?"
            for place in places:
                if row["id"] not in clauses_of(place, root):
                    yield f"{place} is no test that is marked with it"
        case unknown:
            yield f"{unknown!r} is no state"


def clauses_of(test: str, root: Path) -> set[str]:
    """The clauses that a test is marked with; none when there is no such test."""
    file, *names = test.split("::")
    if not (names and file.startswith("tests/") and (root / file).is_file()):
        return set()
    found: set[str] = set()
    scope: ast.AST = tree_of(root / file)
    for name in names:
        named = (n for n in ast.iter_child_nodes(scope) if getattr(n, "name", None) == name)
        scope = next(named, ast.Pass())
        found |= set(marked_clauses(scope))
    is_test = isinstance(scope, ast.FunctionDef) and scope.name.startswith("test_")
    return found if is_test else set()


def marked_clauses(scope: ast.AST) -> Iterator[str]:
    """The arguments of ``@pytest.mark.clause(...)`` on a function or class."""
    for decorator in getattr(scope, "decorator_list", []):
        match decorator:
            case ast.Call(func=func, args=args) if ast.unparse(func) == "pytest.mark.clause":
                yield from (argument.value for argument in args)


def test_every_clause_has_exactly_one_row_in_order():
    assert [row["id"] for row in rows()] == CLAUSES


def test_the_table_has_no_other_columns():
    assert all(list(row) == ["id", "state", "where"] for row in rows())


def test_every_row_is_true():
    assert faults(rows()) == []


def test_tests_are_marked_with_clauses_that_exist():
    marked = {
        clause
        for path in python_files("tests")
        for node in ast.walk(tree_of(path))
        for clause in marked_clauses(node)
    }

    assert marked <= set(CLAUSES)


SAMPLE = """
import pytest

@pytest.mark.clause("P1-001", "P2-003")
def test_it(): ...

@pytest.mark.clause("P1-002")
class TestThem:
    def test_one(self): ...

@pytest.mark.clause("P1-001")
def helper(): ...

def test_unmarked(): ...
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(SAMPLE)
    return tmp_path


@pytest.mark.parametrize(
    ("clause", "state", "where"),
    [
        ("P1-001", "open", ""),
        ("P1-001", "built", "tests/test_x.py"),
        ("P1-001", "shown", "tests/test_x.py::test_it"),
        ("P2-003", "shown", "tests/test_x.py::test_it"),
        ("P1-002", "shown", "tests/test_x.py::TestThem::test_one"),
    ],
)
def test_a_true_row_is_accepted(clause: str, state: str, where: str, project: Path):
    assert faults([{"id": clause, "state": state, "where": where}], project) == []


@pytest.mark.parametrize(
    ("state", "where"),
    [
        ("done", ""),
        ("open", "tests/test_x.py"),
        ("built", ""),
        ("built", "tests/test_y.py"),
        ("shown", ""),
        ("shown", "tests/test_x.py"),
        ("shown", "tests/test_x.py::test_unmarked"),
        ("shown", "tests/test_x.py::test_missing"),
        ("shown", "tests/test_x.py::helper"),
        ("shown", "tests/test_x.py::TestThem"),
        ("shown", "tests/test_x.py::TestThem::test_one"),
        ("shown", "tests/test_y.py::test_it"),
        ("shown", "tests/test_x.py::test_it tests/test_x.py::test_unmarked"),
    ],
)
def test_a_false_row_is_reported(state: str, where: str, project: Path):
    assert faults([{"id": "P1-001", "state": state, "where": where}], project)
