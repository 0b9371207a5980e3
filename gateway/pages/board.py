"""The gate's board: today's children by class, who is here and who has been handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gateway.pages.frame import ask, names_of

HERE = ("present", "late")
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


def board_of(school_id: str, chosen: str | None) -> Board:
    """Return the board of a school, with names."""
    items = ask("attendance", "get_board", {"school_id": school_id})["items"]
    names = names_of({item[key] for item in items for key in ("student_id", "receiver_id")})
    classes = ask("enrollment", "list_classes", {"school_id": school_id})["items"]
    groups = {each["class_id"]: Group(each["class_id"], each["name"]) for each in classes}
    for item in items:
        group = groups.setdefault(item["class_id"], Group(item["class_id"], "—"))
        item["name"] = names.get(item["student_id"], {}).get("name", "—")
        item["class_name"] = group.name
        receiver = names.get(item["receiver_id"] or "", {}).get("name")
        item["receiver_name"] = item.get("receiver_name") or receiver
        group.children.append(item)
    busy = [group for group in groups.values() if group.children]
    for group in busy:
        group.children.sort(key=lambda child: (child["status"] not in HERE, child["name"]))
    return Board(items, busy, chosen if chosen in groups else None)
