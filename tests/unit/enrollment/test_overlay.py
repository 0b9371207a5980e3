"""The national rules beside a plan: what differs is named, nothing is changed."""

from __future__ import annotations

from typing import Any

import pytest

from services.enrollment.policy import profiles
from services.enrollment.policy.domain.overlay import conflicts

NATIONAL = profiles.profile(profiles.NATIONAL).values
PLAN = {
    "service_weekdays": [1, 2, 3, 4, 5],
    "service_kinds": {"primary": ["after_school_custody"]},
    "service_windows": {},
}


def found(**changes: Any) -> dict[str, tuple[str, ...]]:
    return {each.rule: each.excess for each in conflicts({**PLAN, **changes}, NATIONAL)}


def custody(**window: str) -> dict[str, Any]:
    return {"service_windows": {"after_school_custody": window}}


@pytest.mark.parametrize(
    ("window", "short"),
    [
        ({"from": "15:30", "to": "17:30"}, ()),
        ({"from": "15:30", "to": "17:29"}, ("119",)),
        ({"from": "15:30", "to": "17:00", "summer_to": "17:30"}, ("90",)),
        ({"from": "15:30", "to": "17:30", "summer_to": "17:00"}, ("90",)),
        ({"from": "15:30"}, ()),
        ({"to": "17:00"}, ()),
        ({"from": "15:30", "to_parameter": "primary_custody_end"}, ()),
    ],
)
def test_less_than_two_hours_a_day_is_named(window, short):
    assert found(**custody(**window)).get("five_plus_two_minutes", ()) == short


def test_the_end_that_another_parameter_gives_counts():
    window = custody(**{"from": "15:30", "to_parameter": "primary_custody_end"})
    ends = {"primary_custody_end": {"summer": "17:30", "winter": "17:15"}}

    assert found(**window, **ends) == {"five_plus_two_minutes": ("105",)}


def test_each_rule_is_named_by_itself():
    assert found(service_weekdays=[2, 3, 4]) == {"five_plus_two_weekdays": ("1", "5")}
    windows = {"evening_self_study": {"to": "20:31"}}
    assert found(service_windows=windows) == {"evening_self_study_latest": ("20:31",)}
    kinds = {"primary": ["lunch"], "junior": ["nap"]}
    assert found(service_kinds=kinds) == {"not_after_school_service": ("lunch", "nap")}
