"""Reading the project's own source: where it is and what it says."""

from __future__ import annotations

import ast
import gc
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("chassis", "contracts", "policies", "registers", "services", "gateway", "hp3")


def python_files(*folders: str, within: Path = ROOT) -> list[Path]:
    """Every Python file under ``folders``."""
    return sorted(path for folder in folders for path in (within / folder).rglob("*.py"))


PURE = ("domain/**/*.py", "*/domain/**/*.py", "*/domain.py", "*/errors.py")
"""Where a service keeps its rules, and why it refuses."""


def domain_files() -> list[Path]:
    """Every Python file of every service's domain."""
    return sorted(path for where in PURE for path in ROOT.glob(f"services/*/{where}"))


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    # Trees hold no garbage, and looking for some among so many nodes takes longer than to parse.
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"), str(path))
    finally:
        gc.enable()


def project_files() -> list[Path]:
    """The files that are or would be committed; all of them where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = (ROOT / name for name in listed.stdout.split("\0") if name)
    else:
        found = (path for path in ROOT.rglob("*") if not _generated(path.relative_to(ROOT)))
    return sorted(path for path in found if path.is_file())


def imported_names(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports; a relative import shows its dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def named(tree: ast.Module) -> Iterator[str]:
    """What a file imports: modules, and names with the module that they are taken from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            begin = "." * node.level + (node.module or "")
            yield from (f"{begin}.{alias.name}" for alias in node.names)


def _generated(path: Path) -> bool:
    return any(part in {"var", "__pycache__"} or part.startswith(".venv") for part in path.parts)
