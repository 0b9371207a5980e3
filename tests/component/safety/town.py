"""A safety service that has heard of two schools, their staff, terms and families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.call import Principal
from chassis.service import Service
from chassis.testing.world import call
from contracts.language import OPERATIONS
from tests.component.audit.logs import Log

SCHOOL, OTHER = "school", "another"
OFFICE = Principal(account_id="a-office", role="school_office", school_id=SCHOOL)
WANG = Principal(account_id="a-wang", role="teacher", school_id=SCHOOL, person_id="wang")
STRANGER = Principal(account_id="a-x", role="school_office", school_id=OTHER)
BUREAU = Principal(account_id="a-bureau", role="bureau", district_id="district")
FAR_BUREAU = Principal(account_id="a-far", role="bureau", district_id="elsewhere")
MUM = Principal(account_id="a-mum", role="guardian", person_id="mum")
FAR_MUM = Principal(account_id="a-far-mum", role="guardian", person_id="far-mum")


@dataclass
class Town:
    """The service and the enrollment it listens to."""

    service: Service
    enrollment: Log

    def ok(self, who: Principal, operation: str, body: Any = None, **more: Any) -> dict[str, Any]:
        reply = self.ask(who, operation, body, **more)
        assert reply["status"] == "ok", reply
        answer: dict[str, Any] = reply["body"]
        return answer

    def ask(
        self,
        who: Principal,
        operation: str,
        body: Mapping[str, Any] | None = None,
        *,
        staff_id: str = "wang",
        school_id: str = SCHOOL,
        **context: Any,
    ) -> dict[str, Any]:
        place = {"school_id": school_id, "staff_id": staff_id}
        wanted = {**OPERATIONS["operations"], **OPERATIONS["safety"]}[operation].path_fields
        at = {name: value for name, value in place.items() if name in wanted}
        return call(self.service, who, operation, at, body or {}, **context)

    def events(self) -> list[dict[str, Any]]:
        return self.service.log.read(SCHOOL)

    def told(self, subject_id: str) -> dict[str, str]:
        """What the vault holds under a subject."""
        assert self.service.log.vault is not None
        with self.service.database.read() as connection:
            found = self.service.log.vault.session(connection).get_many([subject_id])
        return found.get(subject_id, {})


def speak(enrollment: Log) -> None:
    for school in (SCHOOL, OTHER):
        enrollment.say(
            school,
            "SchoolRegistered",
            school_id=school,
            district_id="district" if school == SCHOOL else "beyond",
            name=school,
            profile="urban-district",
            stage="primary",
            area="urban",
        )
        enrollment.say(
            school,
            "TermOpened",
            term_id=f"{school}-autumn",
            school_id=school,
            name="2026",
            first_day="2026-09-01",
            last_day="2027-01-20",
        )
    for person, kind in (("wang", "school_staff"), ("li", "volunteer"), ("zhao", "parent")):
        enrollment.say(SCHOOL, "StaffRegistered", staff_id=person, school_id=SCHOOL, kind=kind)
    for school, child, guardian in ((SCHOOL, "ann", "mum"), (OTHER, "bob", "far-mum")):
        enrollment.say(
            school, "StudentRegistered", student_id=child, school_id=school, class_id="c", grade=3
        )
        enrollment.say(
            school, "GuardianLinked", guardian_id=guardian, student_id=child, relation="mother"
        )
