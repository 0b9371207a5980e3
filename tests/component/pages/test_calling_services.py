"""How many calls of services a step at the gate costs: as many as its budget says."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

from tests.architecture.source import ROOT
from tests.component.pages.test_at_the_gate import FIND, HAND_OVER, REFUSE, RIGHT
from tests.component.pages.world import Browser, SchoolDay
from tests.stack.counting import differing

BUDGETS = tomllib.loads((ROOT / "tests" / "budgets.toml").read_text())["service_calls"]


def test_the_gate(as_: Callable[..., Browser], day: SchoolDay) -> None:
    guard = as_("gate_guard")
    counted = {}

    def look(what: str, path: str) -> None:
        day.calls.clear()
        guard.see(path)
        counted[what] = len(day.calls)

    def step(what: str, path: str, **values: str) -> None:
        """Send a form that is open already, and follow where it leads."""
        hidden = {"csrf_token": csrf_token, "request_key": what.replace(" ", "-")}
        day.calls.clear()
        answer = guard.client.post(path, data={**hidden, **values})
        assert answer.status_code in (200, 303), answer.text
        if answer.status_code == 303:
            guard.see(answer.location)
        counted[what] = len(day.calls)

    csrf_token = guard.see("/gate").partition('name="csrf_token" value="')[2].partition('"')[0]
    look("gate: open", "/gate")
    look("gate: see the board again", "/gate/board")
    step("gate: find a code", FIND, code="407315")
    step("gate: hand over", HAND_OVER, **RIGHT)
    step("gate: refuse", REFUSE, student_id="st-1", reason="no-code")
    row = day.answers["get_board"]["items"][0]
    day.answers["get_board"]["items"] += [{**row, "student_id": f"{n:036}"} for n in range(1200)]
    step("gate of a large school: hand over", HAND_OVER, **RIGHT)

    assert differing(BUDGETS, counted) == []


def test_a_handover_makes_at_most_three_calls() -> None:
    assert BUDGETS["gate: hand over"] <= 3


def test_classes_stand_by_grade_and_number(as_: Callable[..., Browser], day: SchoolDay) -> None:
    names = {"c-31": "三年级10班", "c-32": "三年级2班", "c-9": "二年级1班", "c-0": "彩虹班"}
    for class_id, name in names.items():
        day.answers["get_names"]["names"][class_id] = {"name": name}
    row = day.answers["get_board"]["items"][0]
    for class_id in ("c-9", "c-0"):
        day.answers["get_board"]["items"].append(
            {**row, "class_id": class_id, "student_id": class_id}
        )

    page = as_("gate_guard").see("/gate/board")

    found = [
        page.index(f"<h3>{name} ") for name in ("二年级1班", "三年级2班", "三年级10班", "彩虹班")
    ]
    assert found == sorted(found)
