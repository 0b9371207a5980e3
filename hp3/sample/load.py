"""Loads the sample through the same commands that people use; killed half-way, it goes on.

Every command carries an idempotency key made from its place in the sample, so that a second run
gets the first one's answers until it reaches what is missing.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from chassis.kernel.call import CHINA, SCHOOL_ROLES, SYSTEM, Principal
from chassis.security import issue_token
from gateway.accounts import Accounts, NewAccount
from hp3.demo_clock import FIRST, FixedSteps
from hp3.embedded import Embedded, open_accounts, open_embedded
from hp3.sample import terms
from hp3.sample.people import pupils_of
from hp3.sample.places import (
    CALENDAR_YEAR,
    DISTRICTS,
    FIRST_DAY,
    LAST_DAY,
    PUPILS_PER_SCHOOL,
    SCHOOLS,
    TERM_NAME,
    School,
)
from services.enrollment.register.roster.oneroster_writer import write_oneroster

SAMPLE_FILE = "sample.json"
ENROLLED_PER_SCHOOL = 24
NOT_APPLIED_ACCOUNTS = 3
ENROLLED_ACCOUNTS = 3

REGISTRATION = datetime(2026, 8, 17, 9, 0, tzinfo=CHINA)
CONFIRMATION = datetime(2026, 8, 31, 9, 0, tzinfo=CHINA)


class SampleRefused(Exception):
    """A command of the sample was refused: the sample and the rules disagree."""


@dataclass(frozen=True, slots=True)
class Loader:
    """Calls the services as one of the sample's people."""

    embedded: Embedded
    clock: FixedSteps

    def ask(
        self,
        who: Principal,
        service: str,
        operation: str,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> dict[str, Any]:
        """Return the reply's body.

        Raises:
            SampleRefused: the service said no.
        """
        token = issue_token(who, self.embedded.keys.token)
        context = {"token": token, "idempotency_key": f"sample:{operation}:{key}" if key else None}
        reply = self.embedded.caller.call(service, operation, context, params, body)
        if reply["status"] != "ok":
            raise SampleRefused(f"{operation} {params}: {reply}")
        found: dict[str, Any] = reply["body"]
        return found


def load_sample(data: Path, base_url: str, *, say: Callable[[str], None]) -> Path:
    """Load the sample under ``data`` unless it is there; return the path of ``sample.json``."""
    path = data / SAMPLE_FILE
    if not path.exists():
        say("loading the sample: two districts, ten schools, about 2,000 pupils …")
        clock = FixedSteps(REGISTRATION)
        embedded = open_embedded(data, clock, live=False)
        try:
            content = _load(Loader(embedded, clock), open_accounts(data))
            embedded.bus.deliver()
        finally:
            embedded.close()
        _write(path, {"base_url": base_url, "now": FIRST.isoformat(), **content})
    else:
        content = json.loads(path.read_text(encoding="utf-8"))
        _write(path, {**content, "base_url": base_url})
    return path


def _load(loader: Loader, accounts: Accounts) -> dict[str, Any]:
    for district in DISTRICTS:
        body = {
            "district_id": district.district_id,
            "name": district.name,
            "profile": district.profile,
        }
        loader.ask(SYSTEM, "enrollment", "register_district", {}, body, key=district.district_id)
        loader.embedded.bus.deliver()
        loader.ask(
            SYSTEM,
            "attendance",
            "declare_calendar_year",
            {"district_id": district.district_id},
            {"year": CALENDAR_YEAR},
            key=district.district_id,
        )
    schools = [SampleSchool(loader, number, school) for number, school in enumerate(SCHOOLS)]
    loader.clock.move_to(REGISTRATION)
    for school in schools:
        school.register()
    loader.embedded.bus.deliver()
    for school in schools:
        school.prepare_staff()
    loader.embedded.bus.deliver()
    for school in schools:
        school.prepare_term()
        school.apply_and_publish()
    loader.clock.move_to(CONFIRMATION)
    for school in schools:
        school.confirm_and_sign()
    loader.embedded.bus.deliver()
    for school in schools:
        school.grant_waiver()
    logins = [login for school in schools for login in school.logins()] + _authorities()
    password = loader.embedded.keys.sample_password
    accounts.create_many([_account(login, password) for login in logins])
    return {
        "schools": [school.described() for school in schools],
        "accounts": [_published(login, password) for login in logins],
    }


class SampleSchool:
    """One school on its way from a roster file to enrolled pupils."""

    def __init__(
        self, loader: Loader, number: int, school: School, enrolled: int = ENROLLED_PER_SCHOOL
    ) -> None:
        self._enrolled = enrolled
        self._loader = loader
        self._number = number
        self.school = school
        self._office = self._staff("school_office")
        self._at = {"school_id": school.school_id}
        self.term_id = ""
        self.staff_id = ""
        self.class_ids: list[str] = []
        self.families: list[tuple[str, str]] = []
        self._applications: list[str] = []
        self._publicity_id = ""

    def register(self) -> None:
        """Register the school, open the term, import the roster."""
        school = self.school
        body = {
            "school_id": school.school_id,
            "name": school.name,
            "district_id": school.district.district_id,
            "stage": school.stage,
            "area": school.area,
        }
        self._ask(SYSTEM, "register_school", {}, body)
        term = {"name": TERM_NAME, "first_day": FIRST_DAY, "last_day": LAST_DAY}
        self.term_id = self._ask(self._office, "open_term", self._at, term)["term_id"]
        pupils = pupils_of(self._number, school.grades, PUPILS_PER_SCHOOL)
        content = base64.b64encode(write_oneroster(pupils)).decode()
        roster = {"filename": "roster.zip", "content_base64": content}
        self._ask(self._office, "import_roster", self._at, roster)
        classes = self._ask(self._office, "list_classes", self._at)["items"]
        self.class_ids = [item["class_id"] for item in sorted(classes, key=lambda c: c["grade"])]
        self.families = self._some_families()
        teacher = self._staff("teacher").person_id
        assert teacher is not None
        self.staff_id = teacher
        staff = {"staff_id": teacher, "name": "吴老师", "kind": "school_staff"}
        self._ask(self._office, "register_staff", self._at, staff)

    def _some_families(self) -> list[tuple[str, str]]:
        """Return (student, guardian) of the first classes, as many as have accounts or places."""
        students: list[dict[str, Any]] = []
        for class_id in self.class_ids:
            if len(students) < self._enrolled + NOT_APPLIED_ACCOUNTS:
                query = {"class_id": class_id, "limit": 100}
                students += self._ask(self._office, "list_students", self._at, query)["items"]
        families = []
        for student in students:
            at = {"student_id": student["student_id"]}
            guardians = self._ask(self._office, "get_student", at)["guardians"]
            families.append((student["student_id"], guardians[0]["guardian_id"]))
        return families

    def prepare_staff(self) -> None:
        """Put the teacher's screening and signed statement on record: safety knows of them now."""
        terms.fit(self._step, self._place())

    def prepare_term(self) -> None:
        """Take the term's plan to the bureau's approval, start the service, plan its first day."""
        terms.approve(self._step, self._place())
        terms.plan_day(self._step, self._place(), FIRST_DAY)

    def _place(self) -> terms.Place:
        profile = self.school.district.profile
        return terms.Place(
            school_id=self.school.school_id,
            term_id=self.term_id,
            stage=self.school.stage,
            profile=profile,
            staff_id=self.staff_id,
            held_on=REGISTRATION.date().isoformat(),
            custody=profile == "urban-district",
        )

    def _step(
        self,
        who: str,
        operation: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> dict[str, Any]:
        service = "safety" if operation in terms.SAFETY else "enrollment"
        key = f"{self.school.school_id}:{key}"
        actor = self._actor(who)
        return self._loader.ask(actor, service, operation, params, body, key=key)

    def _actor(self, who: str) -> Principal:
        district = self.school.district.district_id
        if who == "bureau":
            return Principal(account_id="sample-bureau", role="bureau", district_id=district)
        return self._staff("teacher" if who == "teacher" else "school_office")

    def apply_and_publish(self) -> None:
        """Let guardians of the first class apply, accept them, publish the list."""
        kind = "after_school_custody" if self.school.stage == "primary" else "evening_self_study"
        for student_id, guardian_id in self.families[: self._enrolled]:
            wish = {
                "student_id": student_id,
                "term_id": self.term_id,
                "service_kinds": [kind],
                "pupil_assents": True,
            }
            who = _guardian(guardian_id)
            made = self._ask(who, "submit_application", self._at, wish, key=student_id)
            at = {"application_id": made["application_id"]}
            self._ask(self._office, "accept_application", at, {}, key=student_id)
            self._applications.append(made["application_id"])
        made = self._ask(self._office, "publish_list", self._at, {"term_id": self.term_id})
        self._publicity_id = made["publicity_id"]

    def confirm_and_sign(self) -> None:
        """Confirm the list and let the guardians sign."""
        self._ask(self._office, "confirm_list", {"publicity_id": self._publicity_id}, {})
        for application_id, family in zip(self._applications, self.families, strict=False):
            who = _guardian(family[1])
            at = {"application_id": application_id}
            version = self._ask(who, "get_agreement", at)["agreement_version"]
            signing = {"agreement_version": version}
            self._ask(who, "sign_agreement", at, signing, key=application_id)

    def grant_waiver(self) -> None:
        """Halve the charge of one registered-poor pupil, where the plan says by how much."""
        # Plan 2 leaves the ratio blank, so its bureau must set it before this can be granted.
        if self.school.district.profile != "urban-district":
            return
        waiver = {
            "category": "registered_poor",
            "evidence": "示例证明",
            "from_month": FIRST_DAY[:7],
        }
        student_id = self.families[self._enrolled - 1][0]
        at = {"student_id": student_id}
        finance = self._staff("school_finance")
        self._loader.ask(finance, "fees", "grant_waiver", at, waiver, key=student_id)

    def described(self) -> dict[str, Any]:
        """Return the school's entry in ``sample.json``."""
        return {
            "id": self.school.school_id,
            "name": self.school.name,
            "profile": self.school.district.profile,
            "district_id": self.school.district.district_id,
            "stage": self.school.stage,
            "term_id": self.term_id,
            "class_ids": self.class_ids,
        }

    def logins(self) -> list[dict[str, Any]]:
        """Return the accounts of the school and of some of its guardians."""
        staff = ("teacher", "gate_guard", "school_office", "school_finance")
        return [self._staff_login(role) for role in staff] + self._guardian_logins()

    def _staff_login(self, role: str) -> dict[str, Any]:
        person = self._staff(role)
        name = role.removeprefix("school_").removeprefix("gate_")
        classes = {"class_ids": self.class_ids[:1]} if role == "teacher" else {}
        return {
            "username": f"{self.school.school_id}-{name}",
            "role": role,
            "school_id": self.school.school_id,
            "person_id": person.person_id,
            **classes,
        }

    def _guardian_logins(self) -> list[dict[str, Any]]:
        last = self._enrolled - 1
        enrolled = [("enrolled", index) for index in range(ENROLLED_ACCOUNTS)]
        poor = [("enrolled_registered_poor", last)]
        fresh = [("not_applied", last + 1 + index) for index in range(NOT_APPLIED_ACCOUNTS)]
        logins = []
        for number, (state, index) in enumerate([*enrolled, *poor, *fresh], start=1):
            student_id, guardian_id = self.families[index]
            logins.append(
                {
                    "username": f"{self.school.school_id}-parent{number}",
                    "role": "guardian",
                    "school_id": self.school.school_id,
                    "person_id": guardian_id,
                    "student_ids": [student_id],
                    "receiver_id": guardian_id,
                    "state": state,
                }
            )
        return logins

    def _staff(self, role: str) -> Principal:
        person_id = f"sample-{self.school.school_id}-{role}"
        return Principal(
            account_id=person_id,
            role=role,
            person_id=person_id,
            school_id=self.school.school_id,
        )

    def _ask(
        self,
        who: Principal,
        operation: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> dict[str, Any]:
        key = f"{self.school.school_id}:{key}"
        return self._loader.ask(who, "enrollment", operation, params, body, key=key)


def _guardian(guardian_id: str) -> Principal:
    return Principal(account_id=guardian_id, role="guardian", person_id=guardian_id)


def _authorities() -> list[dict[str, Any]]:
    bureaus = [
        {
            "username": f"{district.district_id.removeprefix('sample-')}-bureau",
            "role": "bureau",
            "district_id": district.district_id,
        }
        for district in DISTRICTS
    ]
    return [*bureaus, {"username": "operator", "role": "operator"}]


def _account(login: Mapping[str, Any], password: str) -> NewAccount:
    return NewAccount(
        username=login["username"],
        password=password,
        role=login["role"],
        person_id=login.get("person_id"),
        # A guardian's children may go to several schools; an account of theirs belongs to none.
        school_id=login["school_id"] if login["role"] in SCHOOL_ROLES else None,
        district_id=login.get("district_id"),
        class_ids=tuple(login.get("class_ids", ())),
    )


def _published(login: Mapping[str, Any], password: str) -> dict[str, Any]:
    return {**login, "password": password}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    aside = path.with_suffix(".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
