"""Staff and third parties who leave the service, and what becomes of their offerings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chassis.testing.world import fresh_sqlite
from contracts.enrollment.offerings import Offerings, OfferingTerms
from contracts.enrollment.term_plan import TermPlan
from contracts.schemas import schema_of
from services.enrollment import migrations
from tests.component.audit.logs import Log
from tests.component.enrollment.terms import Term, plan_for
from tests.component.enrollment.test_offering_a_service import club, offering
from tests.component.enrollment.world import OPERATOR, SCHOOL, at, open_world


@dataclass
class Town:
    """A school with an approved plan, and the safety that enrollment listens to."""

    term: Term
    safety: Log

    def admitted(self, until: str = "2027-08-31", provider_id: str = "blue-sky") -> None:
        licence = {"licence_valid_until": until, "agreed_price_fen": None}
        self.say("ProviderAdmitted", provider_id, **licence)

    def removed(self, on: str = "2026-10-01", provider_id: str = "blue-sky") -> None:
        self.say("ProviderRemoved", provider_id, effective_on=on)

    def say(self, type_: str, provider_id: str, **data: Any) -> None:
        self.safety.say(SCHOOL, type_, provider_id=provider_id, school_id=SCHOOL, **data)
        subscriber = self.term.world.service.subscriber
        assert subscriber is not None
        subscriber.catch_up()

    def taught_outside(self, **changes: Any) -> dict[str, Any]:
        """The answer to proposing an offering that an outside body teaches."""
        room = {"venue_id": self.term.another_room(), "teacher_id": self.term.another_teacher()}
        wanted = {**club(self.term), **room, "taught_by": "blue-sky", **changes}
        return self.term.handle("office", "propose_offering", self.term.here, wanted)

    def proposed(self) -> dict[str, str]:
        reply = self.taught_outside()
        assert reply["status"] == "ok", reply
        return {"offering_id": reply["body"]["offering_id"]}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    safety = Log("safety")
    url = fresh_sqlite(tmp_path / "enrollment.sqlite", migrations)
    world = open_world(url, safety, planned=False)
    term = plan_for(world)
    term.approve()
    yield Town(term, safety)
    world.service.database.close()


@pytest.mark.clause("P1-079", "P2-061")
def test_only_an_admitted_provider_is_given_an_offering(town: Town):
    reply = town.taught_outside()
    assert reply["code"] == "enrollment.provider-not-admitted"
    assert set(reply["clauses"]) == {"P1-079", "P2-061"}
    town.admitted(provider_id="another")
    assert town.taught_outside()["code"] == "enrollment.provider-not-admitted"

    town.admitted()
    at_ = town.proposed()
    assert town.term.ask("office", "open_offering", at_)["taught_by"] == "blue-sky"
    assert not offering(town.term, "武术")["provider_removed"]


@pytest.mark.clause("P1-079", "P2-061")
def test_a_licence_is_looked_at_again_before_families_may_choose(town: Town):
    town.admitted(until="2026-08-25")
    at_ = town.proposed()
    town.term.world.clock.instant = at("2026-08-26T08:00:00")
    assert town.term.refused("office", "open_offering", at_) == "enrollment.provider-not-admitted"

    town.admitted(until="2027-08-31")
    assert town.term.ask("office", "open_offering", at_)["standing"] == "open"


@pytest.mark.clause("P1-079")
def test_what_a_removed_provider_taught_needs_attention_and_does_not_open(town: Town):
    town.admitted()
    at_ = town.proposed()
    town.removed()

    listed = town.term.ask("office", "list_offerings", town.term.here)
    assert schema_of(Offerings)().validate(listed) == {}
    flagged = {each["title"]: each["provider_removed"] for each in listed["items"]}
    assert flagged == {"作业辅导": False, "琵琶社团": False, "武术": True}
    assert town.term.refused("office", "open_offering", at_) == "enrollment.provider-not-admitted"
    fewer = {name: offering(town.term, "武术")[name] for name in schema_of(OfferingTerms)().fields
             if name != "curriculum_ref"}  # fmt: skip
    amended = {**fewer, "capacity": 10}
    assert town.term.refused("office", "amend_offering", at_, amended) == (
        "enrollment.provider-not-admitted"
    )
    town.term.ask("office", "close_offering", at_)


@pytest.mark.clause("P1-079")
def test_who_is_admitted_again_teaches_again(town: Town):
    town.admitted()
    at_ = town.proposed()
    town.removed()
    town.admitted()

    assert not offering(town.term, "武术")["provider_removed"]
    assert town.term.ask("office", "open_offering", at_)["standing"] == "open"


def test_hearing_it_twice_changes_nothing(town: Town):
    town.admitted()
    town.removed()
    town.admitted()
    at_ = {"service": "safety", "partition": SCHOOL}
    body = {"from_seq": 1, "to_seq": 3, "again": True, "reason": "looking twice"}
    replayed = town.term.world.ok(OPERATOR, "replay", at_, body)

    assert replayed["counts"] == {"applied again": 3}
    assert town.taught_outside()["status"] == "ok"


@pytest.mark.clause("P1-079")
def test_the_cockpit_lists_what_a_leaving_teacher_taught(town: Town):
    term = town.term
    assert term.cockpit()["teachers_leaving"] == []
    later = {"effective_on": "2026-10-01"}
    term.ask("teacher", "withdraw_volunteering", term.here, later)

    cockpit = term.cockpit()
    assert schema_of(TermPlan)().validate(cockpit) == {}
    leaving = [(each["title"], each["from_day"]) for each in cockpit["teachers_leaving"]]
    assert leaving == [("作业辅导", "2026-10-01"), ("琵琶社团", "2026-10-01")]
    assert {each["name"] for each in cockpit["teachers_leaving"]} == {"吴老师"}
    assert {each["staff_id"] for each in cockpit["teachers_leaving"]} == {term.staff_id}


@pytest.mark.clause("P1-079")
def test_an_offering_leaves_the_list_with_another_teacher_or_when_it_is_closed(town: Town):
    term = town.term
    term.ask("teacher", "withdraw_volunteering", term.here, {"effective_on": "2026-10-01"})
    found = offering(term)
    kept = {name: found[name] for name in schema_of(OfferingTerms)().fields if name in found}
    at_ = {"offering_id": found["offering_id"]}
    term.ask("office", "amend_offering", at_, {**kept, "teacher_id": term.another_teacher()})
    assert [each["title"] for each in term.cockpit()["teachers_leaving"]] == ["作业辅导"]

    term.ask("office", "close_offering", {"offering_id": offering(term, "作业辅导")["offering_id"]})
    assert term.cockpit()["teachers_leaving"] == []


@pytest.mark.clause("P1-079")
def test_a_teacher_who_volunteers_again_stays(town: Town):
    term = town.term
    term.ask("teacher", "withdraw_volunteering", term.here, {"effective_on": "2026-10-01"})
    term.ask("teacher", "volunteer_for_duty", term.here)

    assert term.cockpit()["teachers_leaving"] == []


@pytest.mark.clause("P1-079")
def test_nothing_opens_under_a_teacher_who_has_left(town: Town):
    term = town.term
    room, teacher = term.another_room(), term.another_teacher()
    wanted = {**club(term), "venue_id": room, "teacher_id": teacher}
    at_ = {"offering_id": term.ask("office", "propose_offering", term.here, wanted)["offering_id"]}
    leaver = Term(term.world, SCHOOL, teacher)
    leaver.ask("teacher", "withdraw_volunteering", term.here, {"effective_on": "2026-09-03"})
    term.world.clock.instant = at("2026-09-03T08:00:00")

    assert term.refused("office", "open_offering", at_) == "enrollment.not-volunteered"
