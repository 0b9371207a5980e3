"""Whatever is asked in whatever order: the custody chain holds, and the board is its fold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.assembly import build
from chassis.kernel.call import Principal
from chassis.testing.world import FixedClock, settings_for
from services.attendance.definition import DEFINITION
from tests.component.attendance.enrollment import Enrollment
from tests.component.attendance.school import CUSTODY, START, TODAY, School

NUMBERS = count(1)
RECEIVERS = ("mum", "dad")
KINDS = ("lunch", CUSTODY)

pupils = st.sampled_from([0, 1])
receivers = st.sampled_from(RECEIVERS)
statuses = st.sampled_from([None, "absent", "leave", "late"])
steps = st.one_of(
    st.tuples(st.just("roll"), st.sampled_from(KINDS), st.tuples(statuses, statuses)),
    st.tuples(st.just("code"), pupils, receivers),
    st.tuples(st.just("hand_over"), pupils, receivers, st.sampled_from(["newest", "any", "none"])),
    st.tuples(st.just("revoke"), pupils, receivers),
    st.tuples(st.just("refuse"), pupils),
)


class Gate:
    """A school of its own per example, with two children whose mother and father may come."""

    def __init__(self, school: School) -> None:
        self.school, self.id = school, f"s{next(NUMBERS)}"
        self.children = [f"{self.id}-a", f"{self.id}-b"]
        school.register(self.id, "dexing", "primary")
        school.open_class(f"{self.id}-c", self.children, school_id=self.id, service_kinds=KINDS)
        for child in self.children:
            for receiver, relation in zip(RECEIVERS, ("mother", "father"), strict=True):
                school.enrollment.say(
                    self.id,
                    "GuardianLinked",
                    guardian_id=f"{child}-{receiver}",
                    student_id=child,
                    relation=relation,
                )
        school.listen()
        self.codes: list[tuple[int, str, str]] = []
        self.sessions = {kind: self._open(kind) for kind in KINDS}

    def staff(self, role: str) -> Principal:
        return Principal(account_id=role, role=role, person_id=role, school_id=self.id)

    def _open(self, kind: str) -> str:
        opened = self.school.ask(
            "open_session",
            self.staff("school_office"),
            {"school_id": self.id},
            class_id=f"{self.id}-c",
            date=TODAY,
            service_kind=kind,
        )
        session_id: str = self.school.ok(opened)["session_id"]
        return session_id

    def do(self, step: tuple[Any, ...]) -> None:
        getattr(self, step[0])(*step[1:])

    def roll(self, kind: str, wished: tuple[str | None, ...]) -> None:
        pairs = zip(self.children, wished, strict=True)
        listed = {child: status for child, status in pairs if status}
        self.school.roll(self.sessions[kind], self.staff("school_office"), **listed)

    def code(self, child: int, receiver: str) -> None:
        student = self.children[child]
        by = Principal(account_id="m", role="guardian", person_id=f"{student}-mum")
        reply = self.school.ask(
            "issue_pickup_code", by, {"student_id": student}, receiver_id=f"{student}-{receiver}"
        )
        if reply["status"] == "ok":
            self.codes.append((child, receiver, reply["body"]["code"]))

    def hand_over(self, child: int, receiver: str, which: str) -> None:
        own = [code for c, r, code in self.codes if (c, r) == (child, receiver)]
        known = {"newest": own[-1:], "any": [code for *_, code in self.codes[:1]], "none": []}
        self.school.ask(
            "hand_over",
            self.staff("gate_guard"),
            {"school_id": self.id},
            student_id=self.children[child],
            receiver_id=f"{self.children[child]}-{receiver}",
            code=(known[which] or ["no code"])[0],
        )

    def revoke(self, child: int, receiver: str) -> None:
        student = self.children[child]
        listed = self.school.ask(
            "list_pickup_authorisations", self.staff("school_office"), {"student_id": student}
        )
        ids = {i["receiver_id"]: i["authorisation_id"] for i in self.school.ok(listed)["items"]}
        self.school.ask(
            "revoke_pickup",
            self.staff("school_office"),
            {"authorisation_id": ids[f"{student}-{receiver}"]},
        )

    def refuse(self, child: int) -> None:
        student = self.children[child]
        self.school.ask(
            "refuse_pickup",
            self.staff("gate_guard"),
            {"school_id": self.id},
            student_id=student,
            reason="no-code",
        )


@pytest.fixture(scope="module")
def plan_2(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    clock, enrollment = FixedClock(START), Enrollment()
    path = tmp_path_factory.mktemp("chain") / "attendance.db"
    service = build(
        DEFINITION, settings_for(f"sqlite:///{path}"), clock, {"enrollment": enrollment}
    )
    school = School(service, enrollment, clock)
    school.furnish()
    school.under_plan_2("primary", {"primary_custody_end": {"summer": "18:00", "winter": "17:00"}})
    yield school
    service.database.close()


@pytest.mark.clause("P1-084", "P2-102", "P2-103")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=4, max_size=25))
def test_nobody_leaves_twice_unseen_or_with_somebody_else(plan_2: School, asked):
    gate = Gate(plan_2)
    for step in asked:
        gate.do(step)

    where: dict[str, str] = {}
    codes: dict[tuple[str, str], str] = {}
    revoked: set[tuple[str, str]] = set()
    for event in plan_2.service.log.read(gate.id):
        data, child = event["data"], event["data"].get("student_id")
        match event["type"]:
            case "PupilCheckedIn":
                assert where.get(child) != "handed_over"
                where[child] = "present"
            case "PupilMarkedAbsent":
                assert where.get(child) != "handed_over"
                where[child] = data["status"]
            case "PickupCodeIssued":
                codes[child, data["receiver_id"]] = data["code_id"]
            case "PickupRevoked":
                revoked.add((child, data["receiver_id"]))
            case "ChildHandedOver":
                assert where[child] == "present"
                assert (child, data["receiver_id"]) not in revoked
                assert data["code_id"] == codes[child, data["receiver_id"]]
                where[child] = "handed_over"

    board = plan_2.ok(plan_2.ask("get_board", gate.staff("gate_guard"), {"school_id": gate.id}))
    assert {item["student_id"]: item["status"] for item in board["items"]} == where
    assert {s: n for s, n in board["counts"].items() if n} == Counter(where.values())
