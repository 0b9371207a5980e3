"""A whole plan of a term through the service, under each plan, and every shortcut refused."""

from __future__ import annotations

from typing import Any

import pytest

from hp3.sample import terms
from tests.component.enrollment.terms import Term, dexing_term, plan_for
from tests.component.enrollment.world import JUNIOR, OTHER, World, at, bureau, office


@pytest.fixture
def term(unplanned: World) -> Term:
    return plan_for(unplanned)


@pytest.mark.clause(
    "P1-007", "P1-019", "P1-020", "P1-021", "P1-022", "P1-023", "P1-024", "P1-025", "P1-029"
)
def test_a_school_plans_its_term_step_by_step(term: Term):
    assert term.cockpit()["standing"] == "none"
    assert term.refused("office", "begin_preparation", term.here) == "enrollment.plan-unknown"
    term.approve()

    plan = term.cockpit()
    assert (plan["standing"], plan["in_force"], plan["applications_open"]) == ("approved", 1, True)
    assert [item for item, state in term.states().items() if state != "done"] == ["family_papers"]
    assert plan["next"] == "start_service"
    types = [each["type"] for each in term.world.events()]
    steps = ("ServicePlanDrafted", "PreparationBegun", "ServicePlanSubmitted")
    assert [each for each in types if each in (*steps, "ServicePlanApproved")] == [
        *steps,
        "ServicePlanApproved",
    ]


@pytest.mark.clause("P1-029", "P1-022")
def test_one_list_says_what_is_missing_and_each_step_names_it(term: Term):
    term.ask("office", "draft_plan", term.here)
    lacking = {item for item, state in term.states().items() if state == "missing"}
    assert {"leading_group", "staff_meeting", "parents_informed", "safety_plan"} <= lacking
    assert "duty:duty_leader" in lacking
    reply = term.handle("office", "begin_preparation", term.here)
    assert reply["code"] == "enrollment.stage-incomplete"
    assert "领导小组" in reply["detail"]["zh"]
    assert "staff meeting" in reply["detail"]["en"]
    assert term.refused("office", "submit_plan", term.here) == "enrollment.stages-in-order"


@pytest.mark.clause("P1-022", "P1-073", "P2-057")
def test_a_plan_stands_on_written_rules_whose_versions_are_pinned(term: Term):
    term.approve()
    changed = {"document": "safety_plan", "text": "安全预案第二版"}
    again = term.ask("office", "publish_rule", term.at, changed)
    assert again["version"] == 2
    assert term.ask("office", "publish_rule", term.at, changed)["version"] == 2

    [review] = term.cockpit()["reviews"]
    assert review["documents"]["safety_plan"] == 1
    rules = term.ask("office", "list_rules", term.at)
    newest = {each["document"]: (each["version"], each["text"]) for each in rules["items"]}
    assert newest["safety_plan"] == (2, "安全预案第二版")
    assert rules["missing"] == []


@pytest.mark.clause("P1-023", "P1-076")
def test_who_answers_for_what_has_a_name(term: Term):
    term.approve()

    answerable = term.cockpit()["answerable"]
    kinds = {"head", "member", "duty", "post", "venue", "offering"}
    assert {each["kind"] for each in answerable} == kinds
    assert {each["name"] for each in answerable} == {"吴老师"}
    stranger = {"duty": "safety", "staff_id": "nobody"}
    assert term.refused("office", "assign_duty", term.here, stranger) == "enrollment.staff-unknown"


@pytest.mark.clause("P1-024")
def test_the_bureau_returns_with_a_reason_and_the_school_submits_again(term: Term):
    _ready(term)
    term.ask("office", "submit_plan", term.here)
    term.world.clock.instant = at("2026-08-23T10:00:00")
    [waiting] = _for_bureau(term)["reviews"]
    assert (waiting["school_name"], waiting["days_waiting"]) == ("实验学校school-1", 3)
    assert term.handle("bureau", "return_plan", term.here, {"items": []})["kind"] == "invalid"
    why = {"reason": "安全预案没有写明走失的处置。", "items": ["safety_plan"]}
    assert term.ask("bureau", "return_plan", term.here, why)["standing"] == "returned"

    [review] = term.cockpit()["reviews"]
    assert (review["outcome"], review["items"]) == ("returned", ["safety_plan"])
    assert review["reason"] == "安全预案没有写明走失的处置。"
    assert "走失" not in repr(term.world.events())
    assert term.ask("office", "submit_plan", term.here)["version"] == 2
    assert term.ask("bureau", "approve_plan", term.here)["in_force"] == 2
    assert _for_bureau(term)["reviews"] == []


@pytest.mark.clause("P1-005", "P1-024")
def test_each_does_the_own_part_only(term: Term):
    _ready(term)
    for operation in ("approve_plan", "return_plan"):
        reply = term.handle("office", operation, term.here, {"reason": "x", "items": []})
        assert reply["kind"] == "forbidden"
    assert term.handle("bureau", "submit_plan", term.here)["kind"] == "forbidden"
    elsewhere = bureau("dexing-1")
    assert term.world.handle(elsewhere, "approve_plan", term.here)["kind"] == "unknown"
    assert term.world.handle(office(OTHER), "submit_plan", term.here)["kind"] == "unknown"


@pytest.mark.clause("P1-007")
def test_nobody_applies_before_the_plan_is_approved(term: Term):
    pupil = term.world.pupil("李雷")
    form = term.world.form(pupil)
    parent = term.world.parent_of(pupil)

    assert term.world.refused(parent, "submit_application", {}, form) == (
        "enrollment.plan-not-in-force"
    )
    answer = {name: form[name] for name in ("student_id", "term_id")}
    assert term.world.ok(parent, "decline_participation", {}, answer)["state"] == "declined"
    term.approve()
    assert term.world.ok(parent, "submit_application", {}, form)["state"] == "submitted"


@pytest.mark.clause("P1-065")
def test_an_enrolment_names_the_plan_and_a_changed_plan_is_told_to_its_families(term: Term):
    term.approve()
    term.enrol("李雷")
    enrolled = term.world.events()[-1]
    assert (enrolled["type"], enrolled["schema_version"]) == ("StudentEnrolled", 2)
    assert enrolled["data"]["plan_version"] == 1
    told = len(_notices(term, "plan_change"))

    term.ask("office", "revise_plan", term.here)
    assert term.cockpit()["in_force"] == 1
    term.ask("office", "submit_plan", term.here)
    term.ask("bureau", "approve_plan", term.here)
    assert term.cockpit()["in_force"] == 2
    assert len(_notices(term, "plan_change")) == told + 1


def test_a_changed_plan_is_approved_under_the_version_that_the_bureau_read(term: Term):
    term.approve()
    term.enrol("李雷")
    term.ask("office", "revise_plan", term.here)
    read = term.handle("office", "submit_plan", term.here)["version"]
    told = len(_notices(term, "plan_change"))

    bureau_ = term.person("bureau")
    stale = term.world.handle(bureau_, "approve_plan", term.here, if_match=read - 1)
    done = term.world.handle(bureau_, "approve_plan", term.here, if_match=read)

    assert stale["code"] == "version-mismatch"
    assert (done["status"], done["version"]) == ("ok", read + 1)
    assert len(_notices(term, "plan_change")) == told + 1


@pytest.mark.clause("P1-033", "P1-038", "P1-086")
def test_a_day_without_homework_guidance_or_activity_is_not_a_plan(term: Term):
    _ready(term, leave_out="作业辅导")

    assert term.states()["day_template"] == "missing"
    assert term.refused("office", "submit_plan", term.here) == "enrollment.plan-incomplete"


@pytest.mark.clause("P1-035")
def test_without_a_pipa_club_a_reason_is_needed(term: Term):
    _ready(term, leave_out="琵琶社团", instead={"content_kind": "sport", "subject": None})
    assert term.states()["pipa_club"] == "missing"
    assert term.refused("office", "submit_plan", term.here) == "enrollment.plan-incomplete"

    reason = {"item": "pipa_club", "reason": "本学期没有琵琶教师，下学期补上。"}
    term.ask("office", "explain_omission", term.here, reason)
    assert term.states()["pipa_club"] == "explained"
    assert term.ask("office", "submit_plan", term.here)["standing"] == "submitted"


def test_another_reason_for_an_omission_is_on_record_and_the_same_is_not_said_twice(term: Term):
    _ready(term, leave_out="琵琶社团", instead={"content_kind": "sport", "subject": None})
    for reason in ("没有琵琶教师", "没有琵琶教师", "琵琶教师休假"):
        body = {"item": "pipa_club", "reason": reason}
        term.ask("office", "explain_omission", term.here, body)

    types = [each["type"] for each in term.world.events()]
    [item] = [each for each in term.cockpit()["checklist"] if each["item"] == "pipa_club"]
    assert types.count("OmissionExplained") == 2
    assert item["reason"] == "琵琶教师休假"


@pytest.mark.clause("P1-034")
def test_the_share_of_sport_arts_and_clubs_is_reported(term: Term):
    _ready(term)
    assert term.cockpit()["feature_share_bp"] == 10_000
    term.propose("兴趣", content_kind="interest", weekdays=[1, 2], starts="15:30", ends="16:15")

    assert term.cockpit()["feature_share_bp"] == 45 * 4 * 10_000 // (45 * 6)


@pytest.mark.clause("P1-086", "P2-009")
def test_a_day_longer_than_the_limit_is_not_a_plan(term: Term):
    _ready(term)
    change = {
        "parameter": "daily_service_minutes",
        "value": {"primary": 60},
        "reason": "试行",
    }
    term.ask("bureau", "set_policy_parameter", {"profile": "urban-district"}, change)

    assert term.states()["daily_load"] == "missing"


@pytest.mark.clause("P1-100")
def test_the_service_starts_when_the_five_forms_of_the_term_are_there(term: Term):
    term.approve()
    term.world.clock.instant = at("2026-09-01T08:00:00")
    assert term.refused("office", "start_service", term.here) == "enrollment.stage-incomplete"
    term.enrol("李雷")

    forms = ("notice_letter", "info_prompt", "parents_meeting", "family_papers")
    assert {term.states()[each] for each in forms} == {"done"}
    assert term.ask("office", "start_service", term.here)["standing"] == "running"
    signed = [each["type"] for each in term.world.events()[-4:-1]]
    assert signed == ["AgreementSigned", "ResponsibilityLetterSigned", "StudentEnrolled"]


@pytest.mark.clause("P2-047", "P2-056")
def test_under_plan_2_parents_are_asked_before_anything_is_prepared(unplanned: World):
    term = dexing_term(unplanned)
    term.ask("office", "draft_plan", term.here)
    group = {"head_id": term.staff_id, "member_ids": [term.staff_id]}
    term.ask("office", "establish_leading_group", term.here, group)
    assert term.refused("office", "begin_preparation", term.here) == "enrollment.stage-incomplete"
    terms.survey(term.ask, term.place)

    assert term.states()["demand_survey"] == "done"
    [survey] = term.ask("office", "list_surveys", term.at)["items"]
    assert survey["response_rate_bp"] == 0
    assert term.ask("office", "begin_preparation", term.here)["standing"] == "preparation"


@pytest.mark.clause("P2-034", "P2-033")
def test_the_blank_end_of_custody_blocks_the_plan_by_name(unplanned: World):
    term = dexing_term(unplanned)
    terms.fit(term.ask, term.place)
    body = {"reason": "公布时间", "parameter": "primary_custody_end"}
    times = {"summer": "17:30", "winter": "17:00"}
    with pytest.raises(AssertionError, match="primary_custody_end"):
        terms.approve(term.ask, term.place)
    assert term.states()["custody_offered"] == "missing"

    where = {"profile": "dexing"}
    term.ask("bureau", "set_policy_parameter", where, {**body, "value": times})
    for title, offered in terms.planned(term.place).items():
        term.propose(title, **offered)
    assert term.ask("office", "submit_plan", term.here)["standing"] == "submitted"


@pytest.mark.clause("P2-033")
def test_a_school_that_does_not_offer_custody_explains_why(unplanned: World):
    term = dexing_term(unplanned, custody=False)
    term.approve()

    assert term.states()["custody_offered"] == "explained"
    shown = next(i for i in term.cockpit()["checklist"] if i["item"] == "custody_offered")
    assert "托管结束时间" in shown["reason"]


@pytest.mark.clause("P2-017")
def test_flexible_arrival_needs_the_declaration_that_the_curriculum_is_complete(unplanned: World):
    term = dexing_term(unplanned, custody=False)
    _ready(term, declare=False)
    term.propose(
        "晨读",
        service_kind="flexible_arrival",
        content_kind="reading_aloud",
        weekdays=[1, 2, 3, 4, 5],
        starts="07:30",
        ends="08:00",
    )
    assert term.states()["curriculum_complete"] == "missing"
    reply = term.handle("office", "submit_plan", term.here)
    assert "开齐开足国家课程" in reply["detail"]["zh"]

    term.ask("office", "make_declaration", term.here, {"declaration": "curriculum_complete"})
    assert term.ask("office", "submit_plan", term.here)["standing"] == "submitted"


@pytest.mark.clause("P2-048", "P2-055")
def test_what_is_offered_is_disclosed_before_families_apply(unplanned: World):
    term = dexing_term(unplanned, custody=False)
    _ready(term)
    term.ask("office", "submit_plan", term.here)
    term.ask("bureau", "approve_plan", term.here)
    pupil = term.world.pupil("李雷", OTHER)
    parent, form = term.world.parent_of(pupil), term.world.form(pupil)
    assert term.world.refused(parent, "submit_application", {}, form) == (
        "enrollment.not-disclosed"
    )
    assert term.world.refused(parent, "get_disclosure", term.here) == "enrollment.plan-unknown"

    term.ask("office", "disclose_service", term.here, terms.DISCLOSURE)
    assert term.world.ok(parent, "submit_application", {}, form)["state"] == "submitted"
    shown = term.world.ok(parent, "get_disclosure", term.here)
    assert {name: shown[name] for name in terms.DISCLOSURE} == terms.DISCLOSURE


@pytest.mark.clause("P2-035", "P2-036")
def test_a_junior_school_plans_its_evening_self_study(unplanned: World):
    term = plan_for(unplanned, JUNIOR, stage="junior", profile="dexing")
    rows = ["张三,男,2013-09-01,,,七年级1班,张父,父亲,13800000011"]
    unplanned.import_rows(*rows, school_id=JUNIOR)
    term.approve()

    [offered] = term.ask("office", "list_offerings", term.here)["items"]
    assert (offered["service_kind"], offered["content_kind"]) == (
        "evening_self_study",
        "self_study",
    )
    assert "custody_offered" in term.states()


def _for_bureau(term: Term) -> dict[str, Any]:
    return term.ask("bureau", "list_district_plans", {"district_id": "city-1"})


def _notices(term: Term, kind: str) -> list[dict[str, Any]]:
    items = term.ask("office", "list_notices", term.at, {"limit": 100})["items"]
    return [each for each in items if each["kind"] == kind]


def _ready(
    term: Term,
    *,
    leave_out: str = "",
    instead: dict[str, Any] | None = None,
    declare: bool = True,
) -> None:
    """Do everything up to the submission."""

    def ask(who: str, operation: str, *args: Any, **named: Any) -> dict[str, Any]:
        params, body = args[0], args[1] if len(args) > 1 else None
        if operation in ("submit_plan", "approve_plan", "disclose_service", "open_offering"):
            return {}
        if operation == "make_declaration" and not declare:
            return {}
        if operation == "propose_offering" and body and body["title"] == leave_out:
            if instead is None:
                return {}
            body = {**body, **instead}
        return term.ask(who, operation, params, body)

    terms.fit(term.ask, term.place)
    terms.approve(ask, term.place)
