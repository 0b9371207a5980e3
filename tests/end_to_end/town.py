"""The people and places of the stories, made through the API as they would make themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hp3.sample import terms
from tests.end_to_end.asking import asking
from tests.end_to_end.client import Client
from tests.end_to_end.worlds import World

TERM = {"name": "2026年秋季学期", "first_day": "2026-09-01", "last_day": "2027-01-22"}

ROSTER = """姓名,性别,出生日期,班级,家长姓名,关系,联系电话
周小满,女,2017-03-02,三年级1班,周建国,父亲,13800138001
陈一诺,男,2017-05-06,三年级1班,陈美玲,母亲,13800138002
,,,,,,
林晨,男,2016-11-20,三年级1班,林志强,父亲,13800138003
林晨,女,2017-01-09,三年级2班,林海燕,母亲,13800138004
赵没班级,男,2017-02-03,,赵某,父亲,13800138005
"""
"""Four good rows, one blank, one without a class; two children share a name."""


@dataclass(slots=True)
class School:
    """A school with its accounts; ``guardian_of`` maps a child's guardian's name to a login."""

    school_id: str
    office: Client
    finance: Client
    teacher: Client
    guard: Client
    term_id: str = ""
    class_id: str = ""
    staff_id: str = ""
    students: dict[str, str] = field(default_factory=dict)
    guardians: dict[str, str] = field(default_factory=dict)
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)


def register_district(world: World, district_id: str, profile: str) -> Client:
    """Register a district with its calendar of 2026; return its bureau's client."""
    operator = world.operator()
    body = {"district_id": district_id, "name": district_id, "profile": profile}
    operator.post("/districts", body)
    operator.eventually(
        f"/districts/{district_id}/calendar-years",
        {"year": 2026},
        unless={"attendance.district-unknown"},
    )
    return account(world, operator, "/accounts", role="bureau", district_id=district_id)


def open_school(world: World, district_id: str, school_id: str, stage: str = "primary") -> School:
    """Register a school, its accounts and term, and import the roster."""
    operator = world.operator()
    body = {
        "school_id": school_id,
        "name": f"{school_id}小学",
        "district_id": district_id,
        "stage": stage,
        "area": "urban",
    }
    operator.post("/schools", body)
    office = account(world, operator, "/accounts", role="school_office", school_id=school_id)
    at = f"/schools/{school_id}"
    term_id = office.post(f"{at}/terms", TERM)["term_id"]
    office.post(f"{at}/imports", files={"file": ("名册.csv", ROSTER.encode("gbk"))})
    classes = office.get(f"{at}/classes")["items"]
    class_id = next(item["class_id"] for item in classes if item["name"] == "三年级1班")
    staff = {"name": "吴老师", "kind": "school_staff"}
    staff_id = office.post(f"{at}/staff", staff)["staff_id"]
    makes = f"{at}/accounts"
    school = School(
        school_id=school_id,
        office=office,
        finance=account(world, office, makes, role="school_finance"),
        teacher=account(
            world, office, makes, role="teacher", person_id=staff_id, class_ids=[class_id]
        ),
        guard=account(world, office, makes, role="gate_guard"),
        term_id=term_id,
        class_id=class_id,
        staff_id=staff_id,
    )
    for student in office.get(f"{at}/students", class_id=class_id)["items"]:
        full = office.get(f"/students/{student['student_id']}")
        school.students[full["name"]] = full["student_id"]
        school.guardians[full["name"]] = full["guardians"][0]["guardian_id"]
    return school


def plan_term(school: School, bureau: Client, profile: str = "urban-district") -> None:
    """Take the term's plan from nothing to the bureau's approval, the public page included."""
    people = {"office": school.office, "teacher": school.teacher, "bureau": bureau}
    place = terms.Place(
        school_id=school.school_id,
        term_id=school.term_id,
        stage="primary",
        profile=profile,
        staff_id=school.staff_id,
        held_on="2026-08-17",
    )
    terms.fit(asking(people), place)
    terms.approve(asking(people), place)


def guardian(world: World, school: School, child: str) -> Client:
    """Return the client of a child's guardian, with an account that the office made."""
    if child not in school.logins:
        guardian_id = school.guardians[child]
        body = {"username": f"{school.school_id}-{guardian_id[-12:]}", "role": "guardian"}
        made = school.office.post(
            f"/schools/{school.school_id}/accounts", {**body, "person_id": guardian_id}
        )
        school.logins[child] = (made["username"], made["initial_password"])
    return Client(world.base_url, *school.logins[child])


def account(world: World, maker: Client, path: str, **body: Any) -> Client:
    """Make an account and log in with its initial password."""
    place = body.get("school_id") or body.get("district_id") or path.split("/")[2]
    username = f"{place}-{body['role']}"
    made = maker.post(path, {"username": username, **body})
    return Client(world.base_url, username, made["initial_password"])
