"""The shapes a policy parameter's value can have, and the check of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from contracts.enrollment.vocabulary import PROHIBITED_CONTENT
from services.enrollment.policy.domain.errors import ParameterWrong

STAGES = ("primary", "junior")
AREAS = ("urban", "rural")
SERVICE_KINDS = (
    "after_school_custody",
    "flexible_arrival",
    "lunch",
    "nap",
    "morning_self_study",
    "evening_self_study",
    "interest_activity",
)
STAFF_KINDS = ("school_staff", "retired_teacher", "community_person", "volunteer", "parent")
MAX_FEN = 1_000_000
_BOUNDS = ("from", "to", "summer_to")


def check(parameter: str, shape: str, value: Any) -> None:
    """Raise ParameterWrong unless ``value`` has ``shape``; the refusal shows a right one."""
    accepts, example = SHAPES[shape]
    if not accepts(value):
        raise ParameterWrong(parameter=parameter, example=example)


def _is_int(value: Any, lowest: int, highest: int) -> bool:
    return type(value) is int and lowest <= value <= highest


def _is_set_of(value: Any, allowed: Collection[Any]) -> bool:
    return (
        isinstance(value, list)
        and all(type(item) in (str, int) and item in allowed for item in value)
        and len(set(value)) == len(value)
    )


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
        return False
    try:
        date.fromisoformat(f"2024-{value}")
    except ValueError:
        return False
    return True


def _has_keys(value: Any, keys: Collection[str]) -> bool:
    return isinstance(value, Mapping) and set(value) == set(keys)


def _is_weekdays(value: Any) -> bool:
    return bool(value) and _is_set_of(value, range(1, 8))


def _is_stages(value: Any) -> bool:
    return bool(value) and _is_set_of(value, STAGES)


def _is_areas(value: Any) -> bool:
    return bool(value) and _is_set_of(value, AREAS)


def _is_service_kinds(value: Any) -> bool:
    return _is_set_of(value, SERVICE_KINDS)


def _is_kinds_by_stage(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        stage in STAGES and _is_service_kinds(kinds) for stage, kinds in value.items()
    )


def _is_season_times(value: Any) -> bool:
    return _has_keys(value, ("summer", "winter")) and all(map(_is_time, value.values()))


def _is_season(value: Any) -> bool:
    return (
        _has_keys(value, ("first", "last"))
        and all(map(_is_day, value.values()))
        and bool(value["first"] <= value["last"])
    )


def _is_windows(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        kind in SERVICE_KINDS and _is_window(window) for kind, window in value.items()
    )


def _is_window(window: Any) -> bool:
    if not isinstance(window, Mapping) or not set(window) <= {*_BOUNDS, "to_parameter"}:
        return False
    bounds = {bound: window[bound] for bound in _BOUNDS if bound in window}
    if not all(map(_is_time, bounds.values())):
        return False
    ends = [bounds[end] for end in ("to", "summer_to") if end in bounds]
    return all(bounds.get("from", "00:00") < end for end in ends) and (
        "to_parameter" not in window or window["to_parameter"] == "primary_custody_end"
    )


def _is_ratios(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(re.fullmatch(r"[a-z][a-z_]{0,39}", str(name)) for name in value)
        and all(_is_int(ratio, 0, 10_000) for ratio in value.values())
    )


def _is_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(
            isinstance(each, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,39}", each) for each in value
        )
        and len(set(value)) == len(value)
    )


def _is_contents(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        kind in SERVICE_KINDS and _is_names(contents) and not {*contents} & {*PROHIBITED_CONTENT}
        for kind, contents in value.items()
    )


def _is_minutes(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(stage in STAGES and _is_int(minutes, 30, 600) for stage, minutes in value.items())
    )


def _is_spans(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(span, list)
        and len(span) == 2
        and all(map(_is_time, span))
        and bool(span[0] < span[1])
        for span in value
    )


def _is_weekly_spans(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(span, list)
        and len(span) == 3
        and _is_int(span[0], 1, 7)
        and _is_spans([span[1:]])
        for span in value
    )


SHAPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "weekdays": (_is_weekdays, "[1, 2, 3, 4]"),
    "service_kinds": (_is_service_kinds, '["interest_activity"]'),
    "service_kinds_by_stage": (_is_kinds_by_stage, '{"primary": ["after_school_custody"]}'),
    "windows": (_is_windows, '{"after_school_custody": {"from": "15:30", "to": "17:00"}}'),
    "season_times": (_is_season_times, '{"summer": "17:30", "winter": "17:00"}'),
    "season": (_is_season, '{"first": "05-01", "last": "09-30"}'),
    "working_days": (lambda value: _is_int(value, 1, 30), "5"),
    "stages": (_is_stages, '["primary"]'),
    "areas": (_is_areas, '["urban"]'),
    "fen": (lambda value: _is_int(value, 0, MAX_FEN), "8000"),
    "basis_points_by_category": (_is_ratios, '{"registered_poor": 5000}'),
    "time": (_is_time, '"20:30"'),
    "plan_items": (_is_names, '["leading_group", "staff_meeting"]'),
    "names": (_is_names, '["duty_leader"]'),
    "contents_by_service": (_is_contents, '{"lunch": ["lunch"]}'),
    "staff_kinds": (
        lambda value: bool(value) and _is_set_of(value, STAFF_KINDS),
        '["school_staff"]',
    ),
    "days": (lambda value: _is_int(value, 0, 120), "7"),
    "flag": (lambda value: isinstance(value, bool), "true"),
    "minutes_by_stage": (_is_minutes, '{"primary": 120}'),
    "minutes": (lambda value: _is_int(value, 1, 600), "120"),
    "spans": (_is_spans, '[["08:10", "11:40"]]'),
    "weekly_spans": (_is_weekly_spans, '[[5, "15:30", "17:00"]]'),
    "tie_break": (lambda value: value in ("lottery", "arrival"), '"lottery"'),
    "hours": (lambda value: _is_int(value, 1, 720), "48"),
    "count": (lambda value: _is_int(value, 0, 1000), "1"),
}
"""Shape → (check, a value that passes it)."""
