"""A small district of each plan with schools, terms and pupils, on a throw-away database."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from chassis.assembly import build
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import CHINA, SYSTEM, Call, Principal
from chassis.messaging.subscriber import Source
from chassis.service import Service
from chassis.testing.world import FixedClock, Silent, call, settings_for
from contracts.enrollment.plans import (
    ServiceDisclosed,
    ServicePlanApproved,
    ServicePlanDrafted,
    ServicePlanSubmitted,
)
from contracts.language import OPERATIONS
from services.enrollment.definition import DEFINITION
from services.enrollment.register.tables import people

OPERATOR = Principal(account_id="ops", role="operator")
CITY, DEXING = "city-1", "dexing-1"
SCHOOL, OTHER, JUNIOR = "school-1", "school-2", "school-3"
HEADER = "姓名,性别,出生日期,身份证号,学籍号,班级,监护人1姓名,监护人1关系,监护人1电话"
PUPILS = (
    "张小明,男,2017-09-01,,,三年级2班,张大明,父亲,13800000001",
    "张小红,女,2018-10-02,,,二年级1班,张大明,父亲,13800000001",
    "李雷,男,2017-05-03,,,三年级2班,李芳,母亲,13800000002",
)
IDENTITY = "11010519491231002X"
"""The checksum example of the standard; nobody's number."""

OUTCOMES = ("created", "updated", "unchanged", "refused", "skipped")
PERSONS = {
    "StudentRegistered",
    "StudentMoved",
    "StudentDetailsChanged",
    "GuardianRegistered",
    "GuardianLinked",
}


def bureau(district_id: str = CITY) -> Principal:
    return Principal(account_id=f"bureau-{district_id}", role="bureau", district_id=district_id)


def office(school_id: str = SCHOOL) -> Principal:
    return Principal(account_id=f"office-{school_id}", role="school_office", school_id=school_id)


def guardian(guardian_id: str) -> Principal:
    return Principal(account_id=f"g-{guardian_id}", role="guardian", person_id=guardian_id)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def roster(rows: Sequence[str], header: str = HEADER) -> dict[str, str]:
    content = "\n".join([header, *rows]).encode()
    return {"filename": "名单.csv", "content_base64": base64.b64encode(content).decode()}


@dataclass
class World:
    """Enrollment with helpers that call it; ``ok`` insists, ``refused`` returns the code."""

    service: Service
    clock: FixedClock
    term_ids: dict[str, str] = field(default_factory=dict)

    def handle(
        self,
        who: Principal,
        operation: str,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        **context: Any,
    ) -> dict[str, Any]:
        asked = {**OPERATIONS["operations"], **OPERATIONS["enrollment"]}
        wanted = {each.name for each in fields(asked[operation].request)}
        at = {name: value for name, value in (params or {}).items() if name in wanted}
        if operation in ("submit_application", "decline_participation"):
            at.setdefault("school_id", self._school_of((body or {})["student_id"]))
        return call(self.service, who, operation, at, body, **context)

    def _school_of(self, student_id: str) -> str:
        """Return the school in the path under which a family applies."""
        with self.service.database.read() as connection:
            found = people.student(connection, student_id)
        return str(found["school_id"]) if found else SCHOOL

    def ok(self, *args: Any, **context: Any) -> dict[str, Any]:
        reply = self.handle(*args, **context)
        assert reply["status"] == "ok", reply
        body: dict[str, Any] = reply["body"]
        return body

    def refused(self, *args: Any, **context: Any) -> str:
        reply = self.handle(*args, **context)
        assert reply["status"] == "refused", reply
        code: str = reply["code"]
        return code

    def import_rows(self, *rows: str, school_id: str = SCHOOL) -> dict[str, Any]:
        return self.ok(
            office(school_id), "import_roster", {"school_id": school_id}, roster(rows or PUPILS)
        )

    def pupil(self, name: str, school_id: str = SCHOOL) -> dict[str, Any]:
        """Return a pupil by name, with guardians."""
        who = office(school_id)
        listed = self.ok(who, "list_students", {"school_id": school_id}, {"limit": 500})["items"]
        found = [each for each in listed if each["name"] == name]
        assert len(found) == 1, listed
        return self.ok(who, "get_student", {"student_id": found[0]["student_id"]})

    def parent_of(self, pupil: dict[str, Any]) -> Principal:
        return guardian(pupil["guardians"][0]["guardian_id"])

    def apply(self, pupil: dict[str, Any], *kinds: str) -> dict[str, Any]:
        return self.ok(self.parent_of(pupil), "submit_application", {}, self.form(pupil, *kinds))

    def form(self, pupil: dict[str, Any], *kinds: str) -> dict[str, Any]:
        return {
            "student_id": pupil["student_id"],
            "term_id": self.term_ids[pupil["school_id"]],
            "service_kinds": list(kinds or ["after_school_custody"]),
            "pupil_assents": True,
        }

    def accepted(self, pupil: dict[str, Any]) -> str:
        application_id: str = self.apply(pupil)["application_id"]
        who = office(pupil["school_id"])
        self.ok(who, "accept_application", {"application_id": application_id})
        return application_id

    def publish(self, school_id: str = SCHOOL) -> dict[str, Any]:
        body = {"term_id": self.term_ids[school_id]}
        return self.ok(office(school_id), "publish_list", {"school_id": school_id}, body)

    def events(self, partition: str = SCHOOL) -> list[dict[str, Any]]:
        return self.service.log.read(partition)

    def types(self, partition: str = SCHOOL) -> list[str]:
        return [event["type"] for event in self.events(partition)]


def open_world(database_url: str, safety: Source | None = None, *, planned: bool = True) -> World:
    """Return the world; unless ``planned``, its schools have yet to plan their terms."""
    clock = FixedClock(at("2026-08-20T09:00:00"))
    service = build(DEFINITION, settings_for(database_url), clock, {"safety": safety or Silent()})
    world = World(service, clock)
    for district_id, profile in ((CITY, "urban-district"), (DEXING, "dexing")):
        body = {"district_id": district_id, "name": district_id, "profile": profile}
        world.ok(OPERATOR, "register_district", {}, body)
    for school_id, district_id, stage, area in (
        (SCHOOL, CITY, "primary", "urban"),
        (OTHER, DEXING, "primary", "rural"),
        (JUNIOR, DEXING, "junior", "urban"),
    ):
        school = {"school_id": school_id, "name": f"实验学校{school_id}", "stage": stage}
        body = {**school, "district_id": district_id, "area": area}
        world.ok(OPERATOR, "register_school", {}, body)
        term = {"name": "2026年秋季学期", "first_day": "2026-09-01", "last_day": "2027-01-20"}
        opened = world.ok(office(school_id), "open_term", {"school_id": school_id}, term)
        world.term_ids[school_id] = opened["term_id"]
        if planned:
            take_applications(world, school_id)
    return world


def take_applications(world: World, school_id: str) -> None:
    """Put an approved plan and a disclosure on record, without the way there."""
    term_id = world.term_ids[school_id]
    told = [
        ServicePlanDrafted(term_id=term_id, school_id=school_id),
        ServicePlanSubmitted(term_id=term_id, version=1, documents={}),
        ServicePlanApproved(term_id=term_id, version=1),
        ServiceDisclosed(term_id=term_id, disclosure=1, text_sha256="0" * 64),
    ]
    by = Call(principal=SYSTEM, now=world.clock.now())
    with unit_of_work(world.service.log, school_id, by) as work:
        work.append(f"plan-{term_id}", told)


def counts(reply: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(reply[outcome] for outcome in OUTCOMES)


def names(world: World) -> list[str]:
    listed = world.ok(office(), "list_students", {"school_id": SCHOOL}, {"limit": 500})
    return sorted(each["name"] for each in listed["items"])
