"""Districts and the versions of their policy."""

from datetime import date
from typing import Any

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.policy import DistrictRegistered, PolicyVersionActivated
from services.enrollment.policy.domain import errors
from services.enrollment.policy.domain.policy import POLICY, RegisterDistrict, SetParameter

PLAN_FROM = date(2024, 9, 1)
TODAY = date(2026, 8, 20)
SHAPES = {"fee_cap_primary_fen": "fen", "service_weekdays": "weekdays"}

register = RegisterDistrict(
    district_id="d-1",
    name="德兴市",
    profile="dexing",
    effective_from=PLAN_FROM,
    values={"service_weekdays": [1, 2, 3, 4, 5]},
    unset=("fee_cap_primary_fen",),
)
registered = DistrictRegistered(district_id="d-1", name="德兴市", profile="dexing")
version_1 = PolicyVersionActivated(
    district_id="d-1",
    profile="dexing",
    version=1,
    effective_from=PLAN_FROM,
    parameters={"service_weekdays": [1, 2, 3, 4, 5]},
    unset=("fee_cap_primary_fen",),
    changed=("service_weekdays",),
    reason_code="registered",
)
version_2 = PolicyVersionActivated(
    district_id="d-1",
    profile="dexing",
    version=2,
    effective_from=TODAY,
    parameters={"service_weekdays": [1, 2, 3, 4, 5], "fee_cap_primary_fen": 9000},
    unset=(),
    changed=("fee_cap_primary_fen",),
    reason_code="set-by-bureau",
)
policy = Scenario(POLICY)


def setting(parameter: str, value: Any, effective_from: date = TODAY) -> SetParameter:
    return SetParameter(
        parameter=parameter,
        value=value,
        effective_from=effective_from,
        shapes=SHAPES,
        plan_from=PLAN_FROM,
        today=TODAY,
    )


def test_registering_a_district_activates_version_1():
    policy.given().when(register).then(registered, version_1)


def test_registering_it_again_changes_nothing():
    policy.given(registered, version_1).when(register).then_nothing()


def test_registering_it_again_after_a_new_version_changes_nothing():
    policy.given(registered, version_1, version_2).when(register).then_nothing()


def test_another_district_cannot_take_its_id():
    taken = DistrictRegistered(district_id="d-1", name="别的区", profile="dexing")

    policy.given(taken, version_1).when(register).then_refused(errors.DistrictDiffers)


@pytest.mark.clause("P2-065")
def test_setting_a_blank_makes_a_version_with_everything_in_it():
    policy.given(registered, version_1).when(setting("fee_cap_primary_fen", 9000)).then(version_2)


def test_the_same_value_again_changes_nothing():
    again = setting("fee_cap_primary_fen", 9000)

    policy.given(registered, version_1, version_2).when(again).then_nothing()


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (setting("fee_cap", 9000), errors.ParameterUnknown),
        (setting("fee_cap_primary_fen", "90.00"), errors.ParameterWrong),
        (setting("fee_cap_primary_fen", True), errors.ParameterWrong),
        (setting("fee_cap_primary_fen", 9000, date(2026, 8, 21)), errors.EffectiveDateWrong),
        (setting("fee_cap_primary_fen", 9000, date(2024, 8, 31)), errors.EffectiveDateWrong),
    ],
)
def test_what_cannot_be_set(command, refusal):
    policy.given(registered, version_1).when(command).then_refused(refusal)


def test_nothing_is_set_in_an_unknown_district():
    policy.given().when(setting("fee_cap_primary_fen", 1)).then_refused(errors.DistrictUnknown)
