"""The shapes of policy parameters."""

import pytest

from contracts.enrollment.parameters import EXAMPLES
from services.enrollment.policy.domain.errors import ParameterWrong
from services.enrollment.policy.domain.parameters import SHAPES, check


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("weekdays", [1, 2, 3, 4]),
        ("season_times", {"summer": "17:30", "winter": "17:00"}),
        ("season", {"first": "05-01", "last": "05-01"}),
        ("working_days", 30),
        ("fen", 0),
        ("basis_points_by_category", {"registered_poor": 10_000}),
        ("windows", {"after_school_custody": {"to_parameter": "primary_custody_end"}}),
        ("service_kinds", []),
        ("weekly_spans", []),
        ("weekly_spans", [[5, "15:30", "17:00"]]),
    ],
)
def test_a_right_value_passes(shape, value):
    check("p", shape, value)


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("weekdays", []),
        ("weekdays", [0]),
        ("weekdays", [1, 1]),
        ("weekdays", [True]),
        ("weekdays", "1234"),
        ("season_times", {"summer": "17:30"}),
        ("season_times", {"summer": "17:30", "winter": "24:00"}),
        ("season_times", "17:30"),
        ("season", {"first": "10-01", "last": "05-01"}),
        ("season", {"first": "02-30", "last": "05-01"}),
        ("working_days", 0),
        ("working_days", 5.0),
        ("fen", -1),
        ("fen", 10**7),
        ("fen", None),
        ("basis_points_by_category", {}),
        ("basis_points_by_category", {"registered_poor": 10_001}),
        ("basis_points_by_category", [5000]),
        ("windows", {"tutoring": {"to": "17:00"}}),
        ("windows", {"nap": {"from": "14:00", "to": "13:00"}}),
        ("windows", {"nap": {"until": "13:00"}}),
        ("service_kinds", [["lunch"]]),
        ("service_kinds_by_stage", {"senior": ["lunch"]}),
        ("stages", ["senior"]),
        ("areas", []),
        ("time", "9:00"),
        ("weekly_spans", [["15:30", "17:00"]]),
        ("weekly_spans", [[8, "15:30", "17:00"]]),
        ("weekly_spans", [[5, "17:00", "15:30"]]),
    ],
)
def test_a_wrong_value_is_refused_with_an_example(shape, value):
    with pytest.raises(ParameterWrong) as refusal:
        check("p", shape, value)

    assert SHAPES[shape][1] in refusal.value.zh


def test_the_published_examples_have_their_shapes():
    assert set(EXAMPLES) == set(SHAPES)
    for shape, value in EXAMPLES.items():
        check("p", shape, value)
