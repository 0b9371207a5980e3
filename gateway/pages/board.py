"""The gate's board: today's children by class, who is here and who has been handed over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.pages.frame import ask, names_of

HERE = ("present", "late")
UNNAMED = "—"
GRADES = "一二三四五六七八九"
LISTED = 300
"""More children than this are listed class by class only: a page stays small on a bad network."""


@dataclass
class Group:
    """The children of one class."""

    class_id: str
    name: str
    children: list[dict[str, Any]] = field(default_factory=list)

    @property
    def here(self) -> int:
        """How many are still at school."""
        return sum(child["status"] in HERE for child in self.children)

    @property
    def gone(self) -> int:
        """How many have been handed over."""
        return sum(child["status"] == "handed_over" for child in self.children)


@dataclass
class Board:
    """All of today's children; ``shown`` are the classes that the person looks at."""

    items: list[dict[str, Any]]
    groups: list[Group]
    chosen: str | None

    @property
    def shown(self) -> list[Group]:
        """The chosen class, or all."""
        return [g for g in self.groups if self.chosen in (None, g.class_id)]

    @property
    def counts(self) -> dict[str, int]:
        """How many are here, handed over, and away, among the classes shown."""
        here = sum(group.here for group in self.shown)
        gone = sum(group.gone for group in self.shown)
        away = sum(len(group.children) for group in self.shown) - here - gone
        return {"present": here, "handed_over": gone, "away": away}

    @property
    def listed(self) -> bool:
        """Whether the children are listed, or the classes only."""
        return sum(len(group.children) for group in self.shown) <= LISTED

    def child(self, student_id: str) -> dict[str, Any] | None:
        """Return one of today's children."""
        return next((each for each in self.items if each["student_id"] == student_id), None)

    def namesakes(self, child: dict[str, Any]) -> bool:
        """Return whether another child who is still here has the same name."""
        return any(
            each["name"] == child["name"] and each["student_id"] != child["student_id"]
            for each in self.items
            if each["status"] in HERE
        )


def board_of(school_id: str, chosen: str | None, *, named: Collection[str] = ()) -> Board:
    """Return the board of a school, with the names of its classes and of the children listed.

    ``named`` are other children of today whose names matter: a list that is not shown has none.
    """
    board = _board(school_id, chosen)
    listed = {child["student_id"] for group in board.shown for child in group.children}
    wanted = {*named, *(listed if board.listed else ())}
    _name(board, [item for item in board.items if item["student_id"] in wanted])
    return board


def whole_board_of(school_id: str, chosen: str | None) -> Board:
    """Return the board with the names of all children, by which namesakes are known."""
    board = _board(school_id, chosen)
    _name(board, board.items)
    return board


def _board(school_id: str, chosen: str | None) -> Board:
    items = ask("attendance", "get_board", {"school_id": school_id})["items"]
    groups: dict[str, Group] = {}
    for item in items:
        group = groups.setdefault(item["class_id"], Group(item["class_id"], UNNAMED))
        item["name"] = item["class_name"] = UNNAMED
        item["receiver_name"] = item.get("receiver_name")
        group.children.append(item)
    return Board(items, list(groups.values()), chosen)


def _name(board: Board, children: Sequence[dict[str, Any]]) -> None:
    people = {child[key] for child in children for key in ("student_id", "receiver_id")}
    names = names_of({*people, *(group.class_id for group in board.groups), board.chosen})
    if board.chosen not in names:
        board.chosen = None
    for group in board.groups:
        group.name = names.get(group.class_id, {}).get("name", UNNAMED)
        for child in group.children:
            child["class_name"] = group.name
    for child in children:
        child["name"] = names.get(child["student_id"], {}).get("name", UNNAMED)
        receiver = names.get(child["receiver_id"] or "", {}).get("name")
        child["receiver_name"] = child["receiver_name"] or receiver
    board.groups.sort(key=_grade_first)
    for group in board.groups:
        group.children.sort(key=lambda child: (child["status"] not in HERE, child["name"]))


def _grade_first(group: Group) -> tuple[int, int, str]:
    """By grade and number, as a roster writes a class (三年级2班 before 三年级10班)."""
    grade = GRADES.find(group.name[:1])
    return grade if grade >= 0 else len(GRADES), len(group.name), group.name
