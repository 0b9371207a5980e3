"""The page of roles: up to date, and nobody is left out."""

from __future__ import annotations

from contracts import language, roles
from hp3.roles import PAGE, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "make events"


def test_every_role_of_an_operation_has_its_column():
    named = {
        role
        for operations in language.OPERATIONS.values()
        for operation in operations.values()
        for role in operation.roles
    }

    assert named <= set(roles.ANYBODY)


def test_a_cell_is_marked_for_those_who_may():
    [header, *_] = [line for line in page().splitlines() if line.startswith("| | | ")]
    columns = [cell.strip() for cell in header.split("|")[3:-1]]
    [row] = [line for line in page().splitlines() if "`take_roll`" in line]
    marked = [cell.strip() == "✓" for cell in row.split("|")[3:-1]]

    assert [role for role, may in zip(columns, marked, strict=True) if may] == [
        "teacher",
        "school office",
    ]
