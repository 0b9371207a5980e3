"""A school-term plan through its stages: allowed, refused, quiet."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.plans import (
    DutyAssigned,
    LeadingGroupEstablished,
    ManagementTeamSet,
    OmissionExplained,
    PlanDeclarationMade,
    PreparationBegun,
    ServiceDisclosed,
    ServicePlanApproved,
    ServicePlanClosed,
    ServicePlanDrafted,
    ServicePlanReturned,
    ServicePlanRevised,
    ServicePlanSubmitted,
    ServiceStarted,
    StageActivityRecorded,
)
from services.enrollment.plan.domain import commands, errors
from services.enrollment.plan.domain.plan import PLAN
from services.enrollment.policy.domain.checklist import Item

T = {"term_id": "t-1"}
TODAY = date(2026, 8, 20)


def item(name: str, stage: str, proof: str, *, explainable: bool = False) -> Item:
    return Item(item=name, stage=stage, proof=proof, explainable=explainable, zh=name, en=name)


ITEMS = (
    item("group", "survey", "body:leading_group"),
    item("meeting", "survey", "activity:staff_meeting"),
    item("rules", "preparation", "rules:management"),
    item("pipa", "preparation", "subject:pipa_club", explainable=True),
    item("letter", "opening", "notice:notice_letter"),
)
DUTIES = ("leader", "safety")
drafted = ServicePlanDrafted(school_id="s-1", **T)
grouped = LeadingGroupEstablished(head_id="p-1", member_ids=("p-1", "p-2"), **T)
met = StageActivityRecorded(record_id="r-1", kind="staff_meeting", held_on=TODAY, **T)
begun = PreparationBegun(**T)
named = tuple(DutyAssigned(duty=duty, staff_id="p-1", **T) for duty in DUTIES)
submitted = ServicePlanSubmitted(version=1, documents={"safety_plan": 1}, **T)
returned = ServicePlanReturned(version=1, items=("rules",), **T)
approved = ServicePlanApproved(version=1, **T)
started = ServiceStarted(version=1, **T)

prepare = commands.BeginPreparation(items=ITEMS, proved=frozenset())
submit = commands.SubmitPlan(
    items=ITEMS,
    proved=frozenset({"rules:management", "subject:pipa_club"}),
    duties=DUTIES,
    documents={"safety_plan": 1},
)
send_back = commands.ReturnPlan(items=("rules",))
approve = commands.ApprovePlan()
start = commands.StartService(
    items=ITEMS,
    proved=frozenset({"notice:notice_letter", "rules:management", "subject:pipa_club"}),
    first_day=date(2026, 9, 1),
    today=date(2026, 9, 1),
)
surveyed = (drafted, grouped, met)
prepared = (*surveyed, begun, *named)
in_review = (*prepared, submitted)
in_force = (*in_review, approved)
plan = Scenario(PLAN)


def test_a_plan_is_begun_once():
    begin = commands.DraftPlan(term_id="t-1", school_id="s-1")

    plan.given().when(begin).then(drafted)
    plan.given(drafted).when(begin).then_nothing()


@pytest.mark.parametrize("command", [prepare, submit, approve, start])
def test_nothing_is_done_about_a_plan_that_is_not_begun(command):
    plan.given().when(command).then_refused(errors.PlanUnknown)


@pytest.mark.clause("P1-019", "P1-066", "P2-056")
def test_a_school_has_one_leading_group_per_term():
    establish = commands.EstablishLeadingGroup(head_id="p-1", member_ids=("p-1", "p-2"))
    other = replace(establish, head_id="p-3")

    plan.given(drafted).when(establish).then(grouped)
    plan.given(drafted, grouped).when(establish).then_nothing()
    plan.given(drafted, grouped).when(other).then(replace(grouped, head_id="p-3"))


@pytest.mark.clause("P1-074", "P2-056")
def test_the_management_team_has_one_person_per_post():
    team = commands.SetManagementTeam(posts={"coordinator": "p-1"})
    set_ = ManagementTeamSet(posts={"coordinator": "p-1"}, **T)

    plan.given(drafted).when(team).then(set_)
    plan.given(drafted, set_).when(team).then_nothing()


@pytest.mark.clause("P1-023", "P1-076")
def test_a_duty_has_exactly_one_named_person():
    assign = commands.AssignDuty(duty="leader", staff_id="p-1", duties=DUTIES)

    plan.given(drafted).when(assign).then(named[0])
    plan.given(drafted, named[0]).when(assign).then_nothing()
    plan.given(drafted, named[0]).when(replace(assign, staff_id="p-2")).then(
        replace(named[0], staff_id="p-2")
    )
    plan.given(drafted).when(replace(assign, duty="cook")).then_refused(errors.DutyUnknown)


@pytest.mark.clause("P1-020")
def test_a_meeting_is_recorded_when_it_was_held():
    record = commands.RecordStageActivity(
        record_id="r-1", kind="staff_meeting", held_on=TODAY, today=TODAY
    )

    plan.given(drafted).when(record).then(met)
    plan.given(drafted).when(replace(record, held_on=date(2026, 8, 21))).then_refused(
        errors.HeldInTheFuture
    )


@pytest.mark.clause("P1-029", "P1-019", "P1-020")
def test_the_survey_stage_ends_when_its_items_are_there():
    plan.given(*surveyed).when(prepare).then(begun)
    plan.given(*surveyed, begun).when(prepare).then_nothing()
    plan.given(drafted, grouped).when(prepare).then_refused(errors.StageIncomplete)


def test_what_is_missing_is_named():
    with pytest.raises(errors.StageIncomplete, match="meeting"):
        PLAN.decide(PLAN.fold([drafted, grouped]), prepare)
    with pytest.raises(errors.PlanIncomplete, match="rules"):
        PLAN.decide(PLAN.fold(prepared), replace(submit, proved=frozenset({"subject:pipa_club"})))


@pytest.mark.clause("P1-029")
@pytest.mark.parametrize("history", [surveyed, in_force, (*in_force, started)])
def test_no_stage_is_skipped(history):
    plan.given(*history).when(submit).then_refused(errors.StagesInOrder)


@pytest.mark.clause("P1-024", "P1-022")
def test_a_complete_plan_is_submitted_with_the_versions_of_its_rules():
    plan.given(*prepared).when(submit).then(submitted)
    plan.given(*in_review).when(submit).then_nothing()


@pytest.mark.clause("P1-022", "P1-073")
def test_a_plan_without_its_rules_is_not_submitted():
    lacking = replace(submit, proved=frozenset({"subject:pipa_club"}))

    plan.given(*prepared).when(lacking).then_refused(errors.PlanIncomplete)


@pytest.mark.clause("P1-023", "P1-076")
def test_a_plan_with_an_open_duty_is_not_submitted():
    plan.given(*surveyed, begun, named[0]).when(submit).then_refused(errors.DutiesOpen)


@pytest.mark.clause("P1-035", "P2-033")
def test_an_item_is_left_out_with_a_reason_only_where_the_checklist_says_so():
    explain = commands.ExplainOmission(item="pipa", items=ITEMS)
    explained = OmissionExplained(item="pipa", **T)
    without = replace(submit, proved=frozenset({"rules:management"}))

    plan.given(*prepared).when(without).then_refused(errors.PlanIncomplete)
    plan.given(*prepared).when(explain).then(explained)
    plan.given(*prepared, explained).when(explain).then_nothing()
    plan.given(*prepared, explained).when(without).then(submitted)
    plan.given(*prepared).when(replace(explain, item="rules")).then_refused(
        errors.ItemNotExplainable
    )


@pytest.mark.clause("P1-024")
def test_what_is_under_review_does_not_change():
    team = commands.SetManagementTeam(posts={"coordinator": "p-1"})

    plan.given(*in_review).when(team).then_refused(errors.PlanUnderReview)


@pytest.mark.clause("P1-024")
def test_the_bureau_returns_or_approves_what_is_submitted():
    plan.given(*in_review).when(send_back).then(returned)
    plan.given(*in_review, returned).when(send_back).then_nothing()
    plan.given(*in_review).when(approve).then(approved)
    plan.given(*in_force).when(approve).then_nothing()
    plan.given(*prepared).when(send_back).then_refused(errors.PlanNotUnderReview)
    plan.given(*prepared).when(approve).then_refused(errors.PlanNotUnderReview)


@pytest.mark.clause("P1-024")
def test_a_returned_plan_comes_back_as_its_next_version():
    plan.given(*in_review, returned).when(submit).then(replace(submitted, version=2))


@pytest.mark.clause("P1-065")
def test_a_revision_leaves_the_version_in_force_until_it_is_approved():
    revised = ServicePlanRevised(version=2, **T)
    history = (*in_force, revised)

    plan.given(*in_force).when(commands.RevisePlan()).then(revised)
    plan.given(*history).when(commands.RevisePlan()).then_nothing()
    state = PLAN.fold(history)
    assert (state.in_force, state.version, state.standing) == (1, 2, "preparation")
    plan.given(*history).when(submit).then(replace(submitted, version=2))
    after = PLAN.fold((*in_force, started, revised, replace(submitted, version=2)))
    assert PLAN.evolve(after, replace(approved, version=2)).standing == "running"


@pytest.mark.clause("P1-007", "P1-029", "P1-100")
def test_the_service_starts_with_an_approved_plan_in_the_term_with_its_papers():
    plan.given(*in_force).when(start).then(started)
    plan.given(*in_force, started).when(start).then_nothing()
    plan.given(*in_review).when(start).then_refused(errors.PlanNotApproved)
    plan.given(*in_force).when(replace(start, today=date(2026, 8, 31))).then_refused(
        errors.TermNotBegun
    )
    plan.given(*in_force).when(replace(start, proved=frozenset())).then_refused(
        errors.StageIncomplete
    )


def test_a_plan_is_closed_after_the_term():
    close = commands.ClosePlan(last_day=date(2027, 1, 20), today=date(2027, 1, 21))
    closed = ServicePlanClosed(**T)

    plan.given(*in_force, started).when(close).then(closed)
    plan.given(*in_force, started, closed).when(close).then_nothing()
    plan.given(*in_force).when(close).then_refused(errors.StagesInOrder)
    plan.given(*in_force, started).when(replace(close, today=date(2027, 1, 20))).then_refused(
        errors.TermNotOver
    )
    plan.given(*in_force, started, closed).when(
        commands.SetManagementTeam(posts={"a": "p-1"})
    ).then_refused(errors.PlanClosed)


@pytest.mark.clause("P2-017")
def test_a_declaration_is_made_once():
    declare = commands.MakeDeclaration(declaration="curriculum_complete")
    declared = PlanDeclarationMade(declaration="curriculum_complete", **T)

    plan.given(drafted).when(declare).then(declared)
    plan.given(drafted, declared).when(declare).then_nothing()


@pytest.mark.clause("P2-048")
def test_the_disclosure_is_published_anew_when_its_text_changes():
    disclose = commands.DiscloseService(text_sha256="0" * 64)
    disclosed = ServiceDisclosed(disclosure=1, text_sha256="0" * 64, **T)

    plan.given(*in_force).when(disclose).then(disclosed)
    plan.given(*in_force, disclosed).when(disclose).then_nothing()
    plan.given(*in_force, disclosed).when(replace(disclose, text_sha256="1" * 64)).then(
        ServiceDisclosed(disclosure=2, text_sha256="1" * 64, **T)
    )
