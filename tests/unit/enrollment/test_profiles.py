"""The profiles as data: what the plans say, what they leave blank, what they cite."""

import pytest

from contracts.enrollment import parameters as published
from services.enrollment.policy import profiles
from services.enrollment.policy.domain import parameters
from services.enrollment.policy.domain.errors import ProfileUnknown
from services.enrollment.policy.domain.overlay import conflicts

PLANS = ("urban-district", "dexing")


@pytest.mark.clause("P1-001")
def test_plan_1_is_dated_data():
    plan = profiles.profile("urban-district")

    assert plan.effective_from.isoformat() == "2024-09-01"
    assert plan.values["service_weekdays"] == [1, 2, 3, 4]
    assert plan.values["service_windows"] == {
        "after_school_custody": {"from": "15:30", "to": "17:00", "summer_to": "17:30"}
    }
    assert plan.values["tariff_fen"] == 8000
    assert plan.values["waiver_ratio_bp"] == {"registered_poor": 5000}
    assert plan.unset == ()


@pytest.mark.clause("P1-018")
def test_plan_1_keeps_friday_afternoon_for_the_teachers_and_plan_2_says_nothing_of_it():
    assert profiles.profile("urban-district").values["staff_reserved_times"] == [
        [5, "15:30", "17:00"]
    ]
    assert "staff_reserved_times" not in profiles.profile("dexing").parameters


@pytest.mark.clause("P1-003")
def test_plan_1_flags_the_instruments_that_cannot_be_cited():
    flagged = [
        each["text"] for each in profiles.profile("urban-district").citations if each["placeholder"]
    ]

    assert any("教基一厅〔2024〕2号" in text for text in flagged)
    assert any("X教联〔20XX〕XX号" in text for text in flagged)


@pytest.mark.clause("P2-001")
def test_plan_2_names_the_city_and_flags_its_placeholder():
    plan = profiles.profile("dexing")

    assert "德兴市" in plan.title
    assert [each["placeholder"] for each in plan.citations] == [True]


@pytest.mark.clause("P2-034", "P2-065", "P2-066", "P2-073")
def test_the_blanks_of_plan_2_stay_blank():
    blanks = {
        name: profiles.profile("dexing").parameters[name]
        for name in profiles.profile("dexing").unset
    }

    assert {name: each.clauses for name, each in blanks.items()} == {
        "primary_custody_end": ("P2-034",),
        "fee_cap_primary_fen": ("P2-065",),
        "fee_cap_junior_fen": ("P2-066",),
        "waiver_ratio_bp": ("P2-073",),
    }


@pytest.mark.parametrize("name", profiles.SHIPPED)
def test_every_value_has_its_shape_and_says_where_it_comes_from(name):
    for each in profiles.profile(name).parameters.values():
        if each.value is not None:
            parameters.check(each.name, each.shape, each.value)
        assert each.source in ("plan", "district")
        assert each.zh
        assert each.en


@pytest.mark.parametrize("name", PLANS)
def test_what_the_plans_do_not_say_is_marked_as_a_district_setting(name):
    found = profiles.profile(name).parameters

    assert found["season_summer"].source == "district"
    assert found["publicity_working_days"].source == "district"


@pytest.mark.parametrize("name", PLANS)
def test_the_contract_names_every_parameter_with_its_shape(name):
    for each in profiles.profile(name).parameters.values():
        assert published.SHAPES[each.name] == each.shape
        assert each.shape in published.VALUES


def test_an_unknown_profile_is_refused():
    with pytest.raises(ProfileUnknown):
        profiles.profile("../secrets")


def test_the_national_rules_report_what_differs_and_change_nothing():
    national = profiles.profile(profiles.NATIONAL).values
    found = {name: conflicts(profiles.profile(name).values, national) for name in PLANS}

    assert [(each.rule, each.excess) for each in found["urban-district"]] == [
        ("five_plus_two_weekdays", ("5",)),
        ("five_plus_two_minutes", ("90",)),
    ]
    assert [each.rule for each in found["dexing"]] == [
        "evening_self_study_latest",
        "not_after_school_service",
    ]


@pytest.mark.clause("P1-101")
def test_the_agreement_has_a_section_per_party():
    text = profiles.agreements()["2026-1"].template

    for party in ("学校（甲方）", "监护人（乙方）", "看护人员", "学生", "社会与监督"):
        assert party in text
