"""What enrollment says, for the fees service to hear: envelopes checked against its contract."""

from __future__ import annotations

from collections import Counter
from typing import Any

from chassis.eventsourcing.envelope import Event
from tests.published import schemas

EVENTS = schemas("enrollment")

URBAN = {"tariff_fen": 8000, "waiver_ratio_bp": {"registered_poor": 5000}}
DEXING: dict[str, Any] = {}
BLANKS = ["fee_cap_primary_fen", "fee_cap_junior_fen", "waiver_ratio_bp"]


class Enrollment:
    """A log of enrollment that a test speaks into; a source for subscribers."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._heads: Counter[str] = Counter()

    def heads(self) -> dict[str, int]:
        return dict(self._heads)

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        found = [e for e in self.events if e["partition"] == partition and e["seq"] > after_seq]
        return found[:limit]

    def say(self, partition: str, type_: str, /, **data: Any) -> None:
        assert EVENTS[type_, 1].validate(data) == {}
        self._heads[partition] += 1
        seq = self._heads[partition]
        at = "2026-08-20T09:00:00.000+08:00"
        self.events.append(
            {
                "event_id": f"{partition}-{seq}",
                "service": "enrollment",
                "partition": partition,
                "seq": seq,
                "stream_id": f"any-{partition}",
                "stream_version": seq,
                "type": type_,
                "schema_version": 1,
                "occurred_at": at,
                "recorded_at": at,
                "actor": {"account_id": "test", "role": "system"},
                "correlation_id": "test",
                "causation_id": None,
                "policy": None,
                "data": data,
            }
        )

    def district(self, profile: str, parameters: dict[str, Any]) -> None:
        self.policy(profile, 1, "2024-09-01", parameters)

    def policy(self, profile: str, version: int, since: str, parameters: dict[str, Any]) -> None:
        self.say(
            f"d-{profile}",
            "PolicyVersionActivated",
            district_id=f"d-{profile}",
            profile=profile,
            version=version,
            effective_from=since,
            parameters=parameters,
            unset=[name for name in BLANKS if name not in parameters],
            changed=[],
            reason_code="registered",
        )

    def school(self, school_id: str, profile: str, stage: str = "primary") -> None:
        self.say(
            school_id,
            "SchoolRegistered",
            school_id=school_id,
            district_id=f"d-{profile}",
            name=school_id,
            profile=profile,
            stage=stage,
            area="urban",
        )

    def pupil(self, school_id: str, student_id: str, guardian_id: str = "g-1") -> None:
        self.say(
            school_id,
            "StudentRegistered",
            student_id=student_id,
            school_id=school_id,
            class_id="c-1",
            grade=3,
        )
        self.say(
            school_id,
            "GuardianLinked",
            guardian_id=guardian_id,
            student_id=student_id,
            relation="mother",
        )

    def enrolled(
        self,
        school_id: str,
        student_id: str,
        *kinds: str,
        starts_on: str = "2026-09-01",
        ends_on: str = "2027-01-20",
        term_id: str = "t-1",
    ) -> None:
        self.say(
            school_id,
            "StudentEnrolled",
            application_id=f"a-{student_id}-{term_id}",
            school_id=school_id,
            student_id=student_id,
            class_id="c-1",
            term_id=term_id,
            service_kinds=list(kinds or ("after_school_custody",)),
            starts_on=starts_on,
            ends_on=ends_on,
        )
