"""Nothing committed is tied to one machine, and no test waits blindly or looks away."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import CODE, ROOT, project_files, python_files, tree_of

# Written in pieces, so that this file does not report itself.
HOME_FOLDERS = re.compile(
    r"(?<![\w.$}/])/" + r"(?:root|work|home/\w+|Users/\w+)/[\w.]|file" + r":///\w"
)
PACKAGE_HOSTS = re.compile(
    "|".join(
        re.escape(host)
        for host in (
            "pypi" + ".org",
            "files." + "pythonhosted",
            "registry." + "npmjs",
            "deb." + "debian.org",
            "docker" + ".io/",
            "crates" + ".io/",
            "pypi.tuna." + "tsinghua",
            "mirrors." + "aliyun",
            "--index" + "-url",
            "--find" + "-links",
        )
    )
)
BLIND = {"time.sleep", "sleep", "asyncio.sleep"}
MAY_SLEEP = {"tests/integration/messaging/echo_service.py": "plays a slow service"}
EVASIVE = {
    "pytest.skip",
    "pytest.xfail",
    "pytest.importorskip",
    "pytest.mark.skip",
    "pytest.mark.skipif",
    "pytest.mark.xfail",
    "unittest.skip",
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def machine_marks(text: str) -> list[str]:
    """Paths of one machine and addresses of package hosts."""
    return [
        found.group() for found in (*HOME_FOLDERS.finditer(text), *PACKAGE_HOSTS.finditer(text))
    ]


def uses(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """Where a dotted name is used, called or not."""
    ends = {name.rpartition(".")[2] for name in names}
    for node in ast.walk(tree):
        match node:
            # Writing out every dotted name of the project takes seconds.
            case ast.Attribute(attr=end) | ast.Name(id=end) if end in ends:
                if (spoken := ast.unparse(node)) in names:
                    yield f"line {node.lineno}: {spoken}"


def long_parts(text: str, tree: ast.Module) -> Iterator[str]:
    """Files and functions that are too long to take in."""
    if (lines := len(text.splitlines())) > LONGEST_FILE:
        yield f"{lines} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name}: {length} lines"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a picture or a font
        return ""


def test_no_file_names_one_machine_or_a_package_host():
    found = {
        named(path): marks for path in project_files() if (marks := machine_marks(text_of(path)))
    }

    assert found == {}


def test_no_test_sleeps():
    found = {
        named(path): lines
        for path in python_files("tests")
        if named(path) not in MAY_SLEEP and (lines := list(uses(tree_of(path), BLIND)))
    }

    assert found == {}


def test_no_test_is_skipped_or_expected_to_fail():
    found = {
        named(path): lines
        for path in python_files("tests")
        if (lines := list(uses(tree_of(path), EVASIVE)))
    }

    assert found == {}


def test_files_and_functions_are_short_enough_to_take_in():
    found = {
        named(path): parts
        for path in python_files(*CODE)
        # A revision is a list of tables, frozen as it was released.
        if "migrations" not in path.parts
        and (parts := list(long_parts(text_of(path), tree_of(path))))
    }

    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "cd /ro" + "ot/x",
        "'/wo" + "rk/main'",
        "file:/" + "//opt/wheels",
        "https://pypi" + ".org/simple",
    ],
)
def test_a_mark_of_the_machine_is_reported(text: str):
    assert machine_marks(text)


@pytest.mark.parametrize(
    "text",
    ["/usr/bin/env", "/api/v1/work/items", "var/x", "https://example.org/root/a", "./work/a"],
)
def test_other_paths_are_not_reported(text: str):
    assert machine_marks(text) == []


@pytest.mark.parametrize(
    "line",
    ["time.sleep(1)", "from time import sleep\nsleep(1)", "partial(time.sleep, 1)"],
)
def test_a_sleep_is_reported(line: str):
    assert list(uses(ast.parse(line), BLIND))


@pytest.mark.parametrize(
    "line", ["pytest.skip('later')", "@pytest.mark.skipif(True)\ndef f(): ...", "pytest.xfail()"]
)
def test_an_evasion_is_reported(line: str):
    assert list(uses(ast.parse(line), EVASIVE))


def test_a_long_file_and_a_long_function_are_reported():
    text = "def f():\n" + "    pass\n" * LONGEST_FILE

    assert list(long_parts(text, ast.parse(text))) == ["401 lines", "f: 401 lines"]
