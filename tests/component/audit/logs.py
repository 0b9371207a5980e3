"""The four owners' logs as a test speaks into them: envelopes checked against the contracts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from chassis.eventsourcing.envelope import Event
from chassis.kernel.call import CHINA
from tests.published import schemas

ATTENDANCE = schemas("attendance")
ENROLLMENT = schemas("enrollment")
FEES = schemas("fees")
SAFETY = schemas("safety")

CONTRACTS = {"enrollment": ENROLLMENT, "fees": FEES, "attendance": ATTENDANCE, "safety": SAFETY}
START = datetime(2026, 9, 1, 15, 30, tzinfo=CHINA)
DAY = "2026-09-01"


class Log:
    """One service's log; a source for subscribers."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.events: list[Event] = []
        self._heads: Counter[str] = Counter()
        self.away = False

    def heads(self) -> dict[str, int]:
        if self.away:
            raise ConnectionError(f"{self.service} is away")
        return dict(self._heads)

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        found = [e for e in self.events if e["partition"] == partition and e["seq"] > after_seq]
        return found[:limit]

    def say(self, partition: str, type_: str, /, **data: Any) -> Event:
        assert CONTRACTS[self.service][type_, 1].validate(data) == {}
        self._heads[partition] += 1
        seq = self._heads[partition]
        at = (START + timedelta(seconds=len(self.events))).isoformat(timespec="milliseconds")
        event: Event = {
            "event_id": f"{self.service}-{partition}-{seq}",
            "service": self.service,
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
            "policy": {"profile": "urban-district", "version": 1},
            "data": data,
        }
        self.events.append(event)
        return event


class Logs(dict[str, Log]):
    """All four, and the phrases that tests use."""

    def __init__(self) -> None:
        super().__init__({service: Log(service) for service in CONTRACTS})

    @property
    def events(self) -> list[Event]:
        return [event for log in self.values() for event in log.events]

    def school(self, school: str, district: str = "d-1", name: str | None = None) -> None:
        self["enrollment"].say(
            school,
            "SchoolRegistered",
            school_id=school,
            district_id=district,
            name=name or school,
            profile="urban-district",
            stage="primary",
            area="urban",
        )

    def applied(self, school: str, pupil: str, type_: str = "ApplicationSubmitted") -> None:
        data: dict[str, Any] = {"student_id": pupil, "term_id": "t-1"}
        if type_ != "ParticipationDeclined":
            data["application_id"] = f"a-{pupil}"
        if type_ in ("ApplicationSubmitted", "ParticipationDeclined"):
            data |= {"school_id": school, "guardian_id": "g-1"}
        if type_ == "ApplicationSubmitted":
            data["service_kinds"] = ["after_school_custody"]
        self["enrollment"].say(school, type_, **data)

    def enrolled(self, school: str, pupil: str) -> None:
        self["enrollment"].say(
            school,
            "StudentEnrolled",
            application_id=f"a-{pupil}",
            school_id=school,
            student_id=pupil,
            class_id="c-1",
            term_id="t-1",
            service_kinds=["after_school_custody"],
            starts_on="2026-09-01",
            ends_on="2027-01-20",
        )

    def withdrew(self, school: str, pupil: str, term_id: str = "t-1") -> None:
        self["enrollment"].say(
            school,
            "StudentWithdrawn",
            application_id=f"a-{pupil}",
            school_id=school,
            student_id=pupil,
            term_id=term_id,
            effective_on="2026-10-19",
            by="guardian",
        )

    def charged(self, school: str, pupil: str, waived: int = 0, month: str = "2026-09") -> None:
        self["fees"].say(
            school,
            "FeeCharged",
            charge_id=f"c-{pupil}-{month}",
            school_id=school,
            student_id=pupil,
            term_id="t-1",
            month=month,
            standard_fen=8000,
            waived_fen=waived,
            amount_fen=8000 - waived,
            currency="CNY",
            waiver_category="registered_poor" if waived else None,
        )

    def paid(self, school: str, pupil: str, fen: int, month: str = "2026-09") -> None:
        self["fees"].say(
            school,
            "PaymentRecorded",
            payment_id=f"p-{pupil}-{month}-{fen}",
            school_id=school,
            student_id=pupil,
            month=month,
            amount_fen=fen,
            currency="CNY",
            method="cash",
        )

    def roll(self, school: str, *, present: list[str], absent: list[str], day: str = DAY) -> None:
        where = {"session_id": f"se-{day}", "class_id": "c-1", "date": day}
        self["attendance"].say(
            school,
            "RollTaken",
            **where,
            school_id=school,
            present=present,
            exceptions=[{"student_id": pupil, "status": "absent"} for pupil in absent],
        )
        for pupil in present:
            self["attendance"].say(school, "PupilCheckedIn", **where, student_id=pupil)
        for pupil in absent:
            self["attendance"].say(
                school, "PupilMarkedAbsent", **where, student_id=pupil, status="absent"
            )

    def handed_over(self, school: str, pupil: str, day: str = DAY) -> None:
        self["attendance"].say(
            school,
            "ChildHandedOver",
            student_id=pupil,
            school_id=school,
            class_id="c-1",
            session_id=f"se-{day}",
            receiver_id="g-1",
            relation="mother",
            proof=["one_time_code"],
            guard_id="st-1",
            code_id="code-1",
            place="gate",
            date=day,
        )

    def refused(self, school: str, pupil: str, day: str = DAY) -> None:
        self["attendance"].say(
            school,
            "PickupRefused",
            student_id=pupil,
            receiver_id=None,
            date=day,
            reason="wrong-code",
            guard_id="st-1",
        )

    def incident(self, school: str, incident: str, notified: str | None = None) -> None:
        self["safety"].say(
            school,
            "IncidentReported",
            incident_id=incident,
            school_id=school,
            severity="minor",
            category="injury",
            occurred_at="2026-09-01T16:00:00+08:00",
            student_ids=["p-1"],
            guardian_notified_at=notified,
        )

    def notified(self, school: str, incident: str, at: str) -> None:
        self["safety"].say(school, "IncidentGuardianNotified", incident_id=incident, notified_at=at)
