"""A school to try attendance on: who is there, and how they speak to the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import CHINA, Principal
from chassis.service import Service
from chassis.testing.world import FixedClock, call
from tests.component.attendance.enrollment import Enrollment
from tests.published import schemas
from tests.unit.attendance.plans import PLAN_1, PLAN_2

PUBLISHED = schemas("attendance")

START = datetime(2026, 9, 1, 15, 25, tzinfo=CHINA)
TODAY = "2026-09-01"
CUSTODY = "after_school_custody"

TEACHER = Principal(
    account_id="t", role="teacher", person_id="teacher-1", school_id="school", class_ids=("c1",)
)
OFFICE = Principal(account_id="o", role="school_office", person_id="office-1", school_id="school")
GUARD = Principal(account_id="g", role="gate_guard", person_id="guard-1", school_id="school")
STRANGE_GUARD = Principal(
    account_id="x", role="gate_guard", person_id="guard-9", school_id="another"
)
BUREAU = Principal(account_id="b", role="bureau", district_id="district")
MUM = Principal(account_id="m", role="guardian", person_id="mum-ann")
DAD = Principal(account_id="d", role="guardian", person_id="dad-ann")
MUM_OF_BEN = Principal(account_id="n", role="guardian", person_id="mum-ben")


@dataclass
class School:
    """The service under test and what a test does with it."""

    service: Service
    enrollment: Enrollment
    clock: FixedClock

    def furnish(self) -> None:
        """Let enrollment tell of two classes of the school, and the bureau declare the year."""
        self.policy("urban-district", PLAN_1)
        self.register("school", "urban-district", "primary")
        for class_id, pupils in {"c1": ["ann", "ben", "cid"], "c2": ["dan"]}.items():
            self.open_class(class_id, pupils)
        for guardian, student in [("mum-ann", "ann"), ("dad-ann", "ann"), ("mum-ben", "ben")]:
            relation = guardian.replace("mum", "mother").replace("dad", "father").split("-")[0]
            self.say("GuardianLinked", guardian_id=guardian, student_id=student, relation=relation)
        self.listen()
        assert self.ok(self.year(2026))

    def policy(self, profile: str, parameters: dict[str, Any], version: int = 1) -> None:
        self.enrollment.say(
            "district",
            "PolicyVersionActivated",
            district_id="district",
            profile=profile,
            version=version,
            effective_from="2024-09-01",
            parameters=parameters,
            unset=[],
            changed=sorted(parameters),
        )

    def register(self, school_id: str, profile: str, stage: str) -> None:
        self.enrollment.say(
            school_id,
            "SchoolRegistered",
            school_id=school_id,
            district_id="district",
            name="示例小学",
            profile=profile,
            stage=stage,
            area="urban",
        )
        self.enrollment.say(
            school_id,
            "TermOpened",
            term_id=f"autumn-{school_id}",
            school_id=school_id,
            name="2026 秋",
            first_day="2026-09-01",
            last_day="2027-01-22",
        )

    def open_class(
        self,
        class_id: str,
        pupils: Sequence[str],
        *,
        school_id: str = "school",
        service_kinds: Sequence[str] = (CUSTODY,),
    ) -> None:
        self.enrollment.say(
            school_id, "ClassOpened", class_id=class_id, school_id=school_id, grade=3, name="三年级"
        )
        for pupil in pupils:
            place = {"student_id": pupil, "school_id": school_id, "class_id": class_id}
            self.enrollment.say(school_id, "StudentRegistered", **place, grade=3)
            self.enrollment.say(
                school_id,
                "StudentEnrolled",
                **place,
                application_id=f"application-{pupil}",
                term_id=f"autumn-{school_id}",
                service_kinds=list(service_kinds),
                starts_on="2026-09-01",
                ends_on="2027-01-22",
            )

    def under_plan_2(self, stage: str, parameters: dict[str, Any] | None = None) -> None:
        self.policy("dexing", PLAN_2 | (parameters or {}), version=2)
        self.register("school", "dexing", stage)
        self.listen()

    def say(self, type_: str, /, **data: Any) -> None:
        self.enrollment.say("school", type_, **data)

    def listen(self) -> None:
        assert self.service.subscriber is not None
        self.service.subscriber.catch_up()

    def at(self, text: str) -> None:
        self.clock.instant = datetime.fromisoformat(text).replace(tzinfo=CHINA)

    def ask(
        self,
        operation: str,
        by: Principal = TEACHER,
        params: dict[str, Any] | None = None,
        /,
        *,
        context: dict[str, Any] | None = None,
        **body: Any,
    ) -> WireReply:
        return call(self.service, by, operation, params, body, **(context or {}))

    def ok(self, reply: WireReply) -> dict[str, Any]:
        assert reply["status"] == "ok", reply
        body: dict[str, Any] = reply["body"]
        return body

    def year(self, year: int, by: Principal = BUREAU, **body: Any) -> WireReply:
        return self.ask("declare_calendar_year", by, {"district_id": "district"}, year=year, **body)

    def open(self, class_id: str = "c1", by: Principal = TEACHER, **body: Any) -> WireReply:
        wished = {"date": TODAY, "service_kind": CUSTODY} | body
        return self.ask("open_session", by, {"school_id": "school"}, class_id=class_id, **wished)

    def roll(self, session_id: str, by: Principal = TEACHER, **exceptions: str) -> WireReply:
        listed = [{"student_id": s, "status": status} for s, status in exceptions.items()]
        return self.ask("take_roll", by, {"session_id": session_id}, exceptions=listed)

    def in_care(self) -> str:
        """Open the session of class c1, check everybody in and return its id."""
        session_id: str = self.ok(self.open())["session_id"]
        self.ok(self.roll(session_id))
        return session_id

    def code(self, student: str = "ann", receiver: str = "mum-ann", by: Principal = MUM) -> str:
        reply = self.ask("issue_pickup_code", by, {"student_id": student}, receiver_id=receiver)
        found: str = self.ok(reply)["code"]
        return found

    def hand_over(
        self,
        code: str,
        student: str = "ann",
        receiver: str = "mum-ann",
        by: Principal = GUARD,
        **context: Any,
    ) -> WireReply:
        return self.ask(
            "hand_over",
            by,
            {"school_id": "school"},
            context=context,
            student_id=student,
            receiver_id=receiver,
            code=code,
        )

    def find(self, code: str) -> dict[str, Any]:
        return self.ok(self.ask("find_code", GUARD, {"school_id": "school"}, code=code))

    def authorise(self, name: str = "王姨", **terms: Any) -> dict[str, Any]:
        adult = {"name": name, "relation": "relative", "phone": "138 0000-0000"} | terms
        return self.ok(self.ask("authorise_pickup", MUM, {"student_id": "ann"}, **adult))

    def revoke(self, authorisation_id: str, by: Principal = MUM) -> WireReply:
        return self.ask("revoke_pickup", by, {"authorisation_id": authorisation_id})

    def board(self, by: Principal = GUARD) -> dict[str, Any]:
        return self.ok(self.ask("get_board", by, {"school_id": "school"}))

    def on_board(self) -> dict[str, str]:
        return {item["student_id"]: item["status"] for item in self.board()["items"]}

    def events(self, *types: str, partition: str = "school") -> list[dict[str, Any]]:
        """Return the data of what was published, each checked against its contract."""
        found = self.service.log.read(partition)
        for event in found:
            schema = PUBLISHED[event["type"], event["schema_version"]]
            assert schema.validate(event["data"]) == {}, event
        return [event["data"] for event in found if not types or event["type"] in types]


def not_code(code: str) -> str:
    """Return six digits that are not ``code``."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
