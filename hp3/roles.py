"""Who may do what, as a page: ``make events``.

    python -m hp3.roles              writes docs/roles.md

It says what the operations of the contracts say; a test fails when it is older than those.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from contracts import language, roles
from contracts.shapes import Operation

PAGE = Path(__file__).parents[1] / "docs" / "roles.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Return docs/roles.md."""
    lines = [
        "# Who may do what",
        "",
        "Made by `make events` from the contracts; do not edit.",
        "A row is an operation: a **bold** one changes something, the others only ask.",
        "What lies outside the caller's own school, district, class or children does not exist.",
        "",
    ]
    for service in (*language.SERVICES, language.EVERY_SERVICE):
        lines += _table(service)
    return "\n".join(lines).rstrip() + "\n"


def _table(service: str) -> Iterator[str]:
    yield f"## {'every service' if service == language.EVERY_SERVICE else service}"
    yield ""
    yield f"| | | {' | '.join(role.replace('_', ' ') for role in roles.ANYBODY)} |"
    yield f"|---|---|{':-:|' * len(roles.ANYBODY)}"
    for feature, operations in language.features():
        if operations and feature.__name__.startswith(f"contracts.{service}."):
            yield from _feature(feature, operations)
    yield ""


def _feature(feature: ModuleType, operations: list[Operation]) -> Iterator[str]:
    name = feature.__name__.rpartition(".")[2]
    says = (feature.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")
    yield f"| **{name.replace('_', ' ')}** | **{says}** {'| ' * len(roles.ANYBODY)}|"
    for operation in operations:
        shown = f"`{operation.name}`"
        shown = f"**{shown}**" if operation.kind == "command" else shown
        marks = ("✓" if role in operation.roles else "" for role in roles.ANYBODY)
        yield f"| {shown} | {_summary(operation)} | {' | '.join(marks)} |"


def _summary(operation: Operation) -> str:
    return operation.summary.replace("{consumer}", "the service")


if __name__ == "__main__":
    main()
