"""What a school may offer: content, kind, days, hours, rooms, teachers."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.offerings import (
    OfferingAmended,
    OfferingClosed,
    OfferingOpened,
    OfferingProposed,
    OfferingReturned,
)
from contracts.enrollment.session_contents import (
    SessionContentApproved,
    SessionContentReturned,
    SessionContentSubmitted,
    SessionSubstituted,
)
from contracts.enrollment.vocabulary import PROHIBITED_CONTENT as PROHIBITED
from services.enrollment.offerings.domain import commands, errors
from services.enrollment.offerings.domain.content import check_content, template_gaps
from services.enrollment.offerings.domain.offering import OFFERING
from services.enrollment.offerings.domain.sessions import CONTENT
from services.enrollment.offerings.domain.slots import Slot, daily_minutes
from services.enrollment.policy.profiles import profile

P1 = profile("urban-district").values["content_kinds"]
P2 = profile("dexing").values["content_kinds"]
taken = Slot(
    offering_id="o-9",
    title="围棋",
    teacher_id="p-9",
    venue_id="v-9",
    weekdays=(2,),
    starts="16:00",
    ends="16:40",
)
terms = commands.Terms(
    title="琵琶社团",
    service_kind="after_school_custody",
    content_kind="club",
    subject="pipa_club",
    teacher_id="p-1",
    venue_id="v-1",
    capacity=30,
    grades=(3, 4),
    weekdays=(2, 4),
    starts="16:15",
    ends="17:00",
)
setting = commands.Setting(
    allowed=P1,
    kinds=("after_school_custody",),
    weekdays=(1, 2, 3, 4),
    any_day_kinds=(),
    window=("15:30", "17:30"),
    lessons=(("08:10", "11:40"), ("14:00", "15:30")),
    grades=range(1, 7),
    reserved=((5, "15:30", "17:00"),),
    venue_capacity=40,
    others=(taken,),
)
propose = commands.ProposeOffering(
    offering_id="o-1",
    school_id="s-1",
    term_id="t-1",
    terms=terms,
    setting=setting,
    taught_by="school",
)
facts = {name: getattr(terms, name) for name in terms.__slots__ if name != "curriculum_ref"}
proposed = OfferingProposed(
    offering_id="o-1",
    school_id="s-1",
    term_id="t-1",
    provider_of_record="s-1",
    taught_by="school",
    **facts,
)
amended = OfferingAmended(
    offering_id="o-1", **{name: facts[name] for name in facts if name != "service_kind"}
)
returned = OfferingReturned(offering_id="o-1")
opened = OfferingOpened(offering_id="o-1")
closed = OfferingClosed(offering_id="o-1")
open_ = commands.OpenOffering(plan_in_force=True)
offering = Scenario(OFFERING)


def wanting(**changes):
    return replace(propose, terms=replace(terms, **changes))


@pytest.mark.clause("P1-018")
@pytest.mark.parametrize(("starts", "ends"), [("15:30", "16:15"), ("16:59", "17:30")])
def test_the_teachers_time_on_friday_is_kept_and_named(starts, ends):
    friday = replace(terms, weekdays=(4, 5), starts=starts, ends=ends)
    amend = commands.AmendOffering(terms=friday, setting=setting)

    with pytest.raises(errors.StaffReservedTime) as refusal:
        OFFERING.decide(OFFERING.initial_state, replace(propose, terms=friday))
    offering.given(proposed).when(amend).then_refused(errors.StaffReservedTime)

    assert "星期五 15:30–17:00" in refusal.value.zh
    assert "Friday 15:30–17:00" in refusal.value.en


@pytest.mark.clause("P1-018")
def test_where_no_time_is_reserved_only_the_weekdays_of_service_bind():
    free = replace(setting, reserved=())
    friday = replace(terms, weekdays=(5,))

    offering.given().when(replace(propose, terms=friday, setting=free)).then_refused(
        errors.NoServiceThatDay
    )
    late = replace(friday, starts="17:00", ends="17:30")
    offering.given().when(replace(propose, terms=late)).then_refused(errors.NoServiceThatDay)
    served = replace(free, weekdays=(1, 2, 3, 4, 5))
    offering.given().when(replace(propose, terms=friday, setting=served)).then(
        replace(proposed, weekdays=(5,))
    )


@pytest.mark.clause("P1-025", "P2-004")
def test_an_offering_names_subject_teacher_venue_and_the_school_as_provider():
    offering.given().when(propose).then(proposed)
    offering.given(proposed).when(propose).then_nothing()
    assert proposed.provider_of_record == "s-1"


@pytest.mark.clause("P1-009", "P1-036", "P2-010", "P2-039", "P2-043")
@pytest.mark.parametrize("content", PROHIBITED)
def test_teaching_make_up_drilling_and_extension_are_refused_at_planning(content):
    offering.given().when(wanting(content_kind=content)).then_refused(errors.ProhibitedContent)
    amend = commands.AmendOffering(terms=replace(terms, content_kind=content), setting=setting)
    offering.given(proposed).when(amend).then_refused(errors.ProhibitedContent)


@pytest.mark.clause("P2-010", "P2-039", "P2-043")
@pytest.mark.parametrize("content", PROHIBITED)
@pytest.mark.parametrize("service", sorted(P2))
def test_every_service_of_plan_2_refuses_them(service, content):
    with pytest.raises(errors.ProhibitedContent):
        check_content(service, content, allowed=P2)


@pytest.mark.clause("P1-037")
def test_a_session_never_refers_to_a_lesson_or_a_textbook_unit():
    offering.given().when(wanting(curriculum_ref="语文三上第5课")).then_refused(
        errors.TeachingExtension
    )


@pytest.mark.clause("P1-008")
def test_plan_1_allows_self_study_help_and_interests():
    for content in ("self_study", "individual_help", "interest", "homework_guidance"):
        check_content("after_school_custody", content, allowed=P1)
    with pytest.raises(errors.ContentNotAllowed):
        check_content("after_school_custody", "film", allowed=P1)


@pytest.mark.clause("P2-038")
def test_the_content_of_custody_in_plan_2_is_exactly_eight_kinds():
    assert set(P2["after_school_custody"]) == {
        "reading",
        "sport",
        "art",
        "science",
        "homework_guidance",
        "club",
        "outward_bound",
        "film",
    }


@pytest.mark.clause("P2-022", "P2-027", "P2-030", "P2-036", "P2-042")
@pytest.mark.parametrize(
    ("service", "content", "wrong"),
    [
        ("flexible_arrival", "morning_exercise", "sport"),
        ("flexible_arrival", "reading_aloud", "reading"),
        ("flexible_arrival", "duty_chores", "art"),
        ("flexible_arrival", "homework_hand_in", "film"),
        ("nap", "nap", "self_study"),
        ("nap", "reading", "homework_guidance"),
        ("evening_self_study", "self_study", "sport"),
        ("evening_self_study", "homework_guidance", "film"),
        ("interest_activity", "science", "reading"),
        ("interest_activity", "outward_bound", "homework_guidance"),
    ],
)
def test_each_service_of_plan_2_has_its_own_content(service, content, wrong):
    check_content(service, content, allowed=P2)
    with pytest.raises(errors.ContentNotAllowed):
        check_content(service, wrong, allowed=P2)


@pytest.mark.clause("P2-035")
def test_a_kind_of_service_that_the_stage_does_not_have_is_refused():
    offering.given().when(wanting(service_kind="evening_self_study")).then_refused(
        errors.KindNotForStage
    )


@pytest.mark.clause("P1-086", "P2-009")
@pytest.mark.parametrize("grades", [(7,), ()])
def test_grades_are_those_of_the_school(grades):
    offering.given().when(wanting(grades=grades)).then_refused(errors.GradesWrong)


@pytest.mark.clause("P2-041")
def test_weekends_are_for_interest_activities_only():
    weekend = wanting(weekdays=(6,))
    activity = replace(
        propose,
        terms=replace(
            terms,
            service_kind="interest_activity",
            content_kind="science",
            subject=None,
            weekdays=(6, 7),
            starts="09:00",
            ends="11:00",
        ),
        setting=replace(
            setting,
            allowed=P2,
            kinds=("interest_activity",),
            any_day_kinds=("interest_activity",),
            window=("", ""),
        ),
    )

    offering.given().when(weekend).then_refused(errors.NoServiceThatDay)
    assert len(OFFERING.decide(OFFERING.initial_state, activity)) == 1


@pytest.mark.parametrize(
    ("starts", "ends"), [("15:29", "16:00"), ("16:00", "17:31"), ("16:30", "16:30")]
)
def test_hours_are_those_of_the_kind_of_service(starts, ends):
    offering.given().when(wanting(starts=starts, ends=ends)).then_refused(errors.OutsideTheWindow)


@pytest.mark.clause("P2-080")
def test_no_service_overlaps_a_regular_lesson():
    early = replace(
        propose,
        terms=replace(terms, starts="15:00", ends="16:00"),
        setting=replace(setting, window=("", "")),
    )

    offering.given().when(early).then_refused(errors.OverlapsLessons)


@pytest.mark.clause("P1-025")
@pytest.mark.parametrize("whose", [{"teacher_id": "p-9"}, {"venue_id": "v-9"}])
def test_a_teacher_and_a_venue_are_at_one_place_at_a_time(whose):
    offering.given().when(wanting(**whose)).then_refused(errors.Clashes)
    apart = wanting(**whose, weekdays=(4,))
    assert len(OFFERING.decide(OFFERING.initial_state, apart)) == 1
    later = wanting(**whose, starts="16:40")
    assert len(OFFERING.decide(OFFERING.initial_state, later)) == 1


@pytest.mark.clause("P1-025")
def test_no_more_places_than_the_venue_holds_and_zero_is_legal():
    offering.given().when(wanting(capacity=41)).then_refused(errors.VenueTooSmall)
    offering.given().when(wanting(capacity=0)).then(replace(proposed, capacity=0))


@pytest.mark.clause("P1-028")
def test_a_returned_offering_does_not_open_until_it_is_amended():
    amend = commands.AmendOffering(terms=terms, setting=setting)

    offering.given(proposed).when(commands.ReturnOffering()).then(returned)
    offering.given(proposed, returned).when(commands.ReturnOffering()).then_nothing()
    offering.given(proposed, returned).when(open_).then_refused(errors.OfferingWasReturned)
    offering.given(proposed, returned).when(amend).then(amended)
    offering.given(proposed, returned, amended).when(open_).then(opened)
    offering.given(proposed, opened).when(amend).then_nothing()


@pytest.mark.clause("P1-007")
def test_an_offering_opens_under_an_approved_plan():
    offering.given(proposed).when(open_).then(opened)
    offering.given(proposed, opened).when(open_).then_nothing()
    offering.given(proposed).when(replace(open_, plan_in_force=False)).then_refused(
        errors.OfferingNotOpen
    )


@pytest.mark.clause("P2-044")
@pytest.mark.parametrize("demand", [None, 19])
def test_an_interest_activity_needs_enough_families(demand):
    offering.given(proposed).when(replace(open_, demand=demand, least=20)).then_refused(
        errors.DemandTooSmall
    )
    offering.given(proposed).when(replace(open_, demand=20, least=20)).then(opened)


def test_what_is_closed_stays_closed():
    history = offering.given(proposed, opened, closed)

    offering.given(proposed).when(commands.CloseOffering()).then(closed)
    history.when(commands.CloseOffering()).then_nothing()
    for command in (open_, commands.ReturnOffering()):
        history.when(command).then_refused(errors.OfferingClosedAlready)
    offering.given().when(open_).then_refused(errors.OfferingUnknown)


@pytest.mark.clause("P1-033", "P1-038")
def test_each_day_has_a_static_and_a_dynamic_part():
    planned = [(1, "homework_guidance"), (1, "sport"), (2, "homework_guidance"), (3, "club")]

    assert template_gaps(planned, (1, 2, 3, 4)) == {
        2: ("dynamic",),
        3: ("static",),
        4: ("static", "dynamic"),
    }


@pytest.mark.clause("P1-086", "P2-009")
def test_parallel_sessions_count_once_towards_the_load_of_a_day():
    second = replace(taken, starts="16:20", ends="17:00")

    assert daily_minutes([taken, second], 2) == 60
    assert daily_minutes([taken, second], 3) == 0


session = commands.Session(
    offering_id="o-1",
    service_kind="after_school_custody",
    on=date(2026, 9, 8),
    weekdays=(2, 4),
    content_kind="club",
    teacher_id="p-1",
    allowed=P1,
)
planned = SessionContentSubmitted(
    offering_id="o-1", on=date(2026, 9, 8), content_kind="club", teacher_id="p-1"
)
approved = SessionContentApproved(offering_id="o-1", on=date(2026, 9, 8))
sent_back = SessionContentReturned(offering_id="o-1", on=date(2026, 9, 8))
substituted = SessionSubstituted(
    offering_id="o-1", on=date(2026, 9, 8), content_kind="club", teacher_id="p-2"
)
submit = commands.SubmitSessionContent(session=session)
substitute = commands.SubstituteSession(session=replace(session, teacher_id="p-2"))
content = Scenario(CONTENT)


@pytest.mark.clause("P1-087", "P2-045")
def test_a_session_is_planned_reviewed_and_only_then_runs():
    content.given().when(submit).then(planned)
    content.given(planned).when(submit).then_nothing()
    content.given(planned).when(commands.ApproveSessionContent()).then(approved)
    content.given(planned, approved).when(commands.ApproveSessionContent()).then_nothing()
    content.given().when(commands.ApproveSessionContent()).then_refused(errors.ContentUnknown)
    assert CONTENT.fold([planned]).standing == "submitted"
    assert CONTENT.fold([planned, approved]).standing == "approved"


@pytest.mark.clause("P1-087")
def test_what_is_returned_is_submitted_anew():
    content.given(planned).when(commands.ReturnSessionContent()).then(sent_back)
    content.given(planned, sent_back).when(commands.ReturnSessionContent()).then_nothing()
    content.given(planned, sent_back).when(commands.ApproveSessionContent()).then_refused(
        errors.ContentUnknown
    )
    content.given(planned, sent_back).when(submit).then(planned)


@pytest.mark.clause("P1-036", "P1-009", "P1-037")
@pytest.mark.parametrize("command", [submit, substitute])
def test_the_guard_stands_at_review_and_at_substitution_alike(command):
    def asked(**changes):
        return replace(command, session=replace(command.session, **changes))

    for kind in PROHIBITED:
        content.given().when(asked(content_kind=kind)).then_refused(errors.ProhibitedContent)
    content.given().when(asked(curriculum_ref="单元3")).then_refused(errors.TeachingExtension)
    content.given().when(asked(on=date(2026, 9, 9))).then_refused(errors.NotASessionDay)


@pytest.mark.clause("P1-087")
def test_another_teacher_or_other_content_is_reviewed_anew():
    content.given(planned, approved).when(substitute).then(substituted)
    assert CONTENT.fold([planned, approved, substituted]).standing == "submitted"
    other = replace(submit, session=replace(session, content_kind="art"))
    content.given(planned, approved).when(other).then_refused(errors.ContentApprovedAlready)
    content.given(planned, approved).when(submit).then_nothing()
