"""The policy parameters that ``PolicyVersionActivated`` carries: names and shapes of the values.

``parameters`` holds what is in force; ``unset`` names what the plan requires and leaves blank. A
consumer that needs an unset one refuses and names it. A parameter in neither is not part of that
profile (``tariff_fen`` under ``dexing``, the fee caps under ``urban-district``).
"""

from __future__ import annotations

SHAPES = {
    "service_weekdays": "weekdays",
    "any_day_service_kinds": "service_kinds",
    "service_kinds": "service_kinds_by_stage",
    "service_windows": "windows",
    "primary_custody_end": "season_times",
    "season_summer": "season",
    "publicity_working_days": "working_days",
    "stages": "stages",
    "areas": "areas",
    "tariff_fen": "fen",
    "fee_cap_primary_fen": "fen",
    "fee_cap_junior_fen": "fen",
    "waiver_ratio_bp": "basis_points_by_category",
    "school_types": "names",
    "plan_items": "plan_items",
    "required_duties": "names",
    "content_kinds": "contents_by_service",
    "required_subjects": "names",
    "staff_kinds": "staff_kinds",
    "staff_notice_days": "days",
    "pupil_assent_required": "flag",
    "class_review_required": "flag",
    "daily_service_minutes": "minutes_by_stage",
    "lesson_times": "spans",
    "staff_reserved_times": "weekly_spans",
    "priority_categories": "names",
    "tie_break": "tie_break",
    "place_offer_hours": "hours",
    "interest_activity_min_demand": "count",
    "survey_each_term": "count",
    "filing_due_days": "days",
}
"""Parameter → shape of its value, as ``VALUES`` explains."""

VALUES = {
    "weekdays": "[1, 2, 3, 4]: ISO weekdays, 1 is Monday",
    "service_kinds": '["interest_activity"]',
    "service_kinds_by_stage": '{"primary": ["after_school_custody"], "junior": []}',
    "windows": (
        '{"after_school_custody": {"from": "15:30", "to": "17:00", "summer_to": "17:30"}}; a bound '
        'left out is no bound; "to_parameter" names the parameter that says when it ends'
    ),
    "season_times": '{"summer": "17:30", "winter": "17:00"}',
    "season": '{"first": "05-01", "last": "09-30"}, both days included',
    "working_days": "5: an integer from 1 to 30",
    "stages": '["primary"]',
    "areas": '["urban"]',
    "fen": "8000: an integer from 0 to 1000000; per pupil and month",
    "plan_items": '["leading_group", "staff_meeting"]: items of the checklist',
    "names": '["duty_leader"]: words of lower-case letters, digits and _',
    "contents_by_service": '{"lunch": ["lunch"]}: what may be done in each kind of service',
    "staff_kinds": '["school_staff", "volunteer"]',
    "days": "7: an integer from 0 to 120",
    "flag": "true or false",
    "minutes_by_stage": '{"primary": 120}: from 30 to 600 minutes a day',
    "minutes": "120: an integer from 1 to 600; only in the national rules",
    "spans": '[["08:10", "11:40"]]: from, to',
    "weekly_spans": '[[5, "15:30", "17:00"]]: ISO weekday, from, to',
    "tie_break": '"lottery" or "arrival"',
    "hours": "48: an integer from 1 to 720",
    "count": "1: an integer from 0 to 1000",
    "basis_points_by_category": '{"registered_poor": 5000}: 5000 is one half',
}

EXAMPLES = {
    "weekdays": [1, 2, 3, 4],
    "service_kinds": ["interest_activity"],
    "service_kinds_by_stage": {"primary": ["after_school_custody"], "junior": []},
    "windows": {"after_school_custody": {"from": "15:30", "to": "17:00", "summer_to": "17:30"}},
    "season_times": {"summer": "17:30", "winter": "17:00"},
    "season": {"first": "05-01", "last": "09-30"},
    "working_days": 5,
    "stages": ["primary"],
    "areas": ["urban"],
    "fen": 8000,
    "plan_items": ["leading_group", "staff_meeting"],
    "names": ["duty_leader"],
    "contents_by_service": {"lunch": ["lunch"]},
    "staff_kinds": ["school_staff", "volunteer"],
    "days": 7,
    "flag": True,
    "minutes_by_stage": {"primary": 120},
    "minutes": 120,
    "spans": [["08:10", "11:40"]],
    "weekly_spans": [[5, "15:30", "17:00"]],
    "tie_break": "lottery",
    "hours": 48,
    "count": 1,
    "time": "20:30",
    "basis_points_by_category": {"registered_poor": 5000},
}
"""Shape → a value that has it, for forms."""
