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
    "basis_points_by_category": '{"registered_poor": 5000}: 5000 is one half',
}
