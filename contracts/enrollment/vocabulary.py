"""Words that enrollment's events and requests share."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

PROFILES = ("urban-district", "dexing")
STAGES = ("primary", "junior", "senior")
"""``senior`` can be said so that it can be refused: no plan serves it."""

SCHOOL_TYPES = (
    "urban_primary",
    "central_primary",
    "village_complete_primary",
    "junior_high",
    "teaching_point",
)
"""``teaching_point`` can be said so that it can be refused: no plan serves it."""

AREAS = ("urban", "rural")
STAFF_KINDS = ("school_staff", "retired_teacher", "community_person", "volunteer", "parent")
"""Who may take part (P2-060)."""

SERVICE_KINDS = (
    "after_school_custody",
    "flexible_arrival",
    "lunch",
    "nap",
    "morning_self_study",
    "evening_self_study",
    "interest_activity",
)
PROHIBITED_CONTENT = (
    "collective_instruction",
    "new_lesson",
    "makeup",
    "drill",
    "curriculum_extension",
)
"""Can be said so that it can be refused: no plan allows it."""

CONTENT_KINDS = (
    "homework_guidance",
    "self_study",
    "individual_help",
    "reading",
    "reading_aloud",
    "sport",
    "art",
    "science",
    "club",
    "interest",
    "outward_bound",
    "film",
    "morning_exercise",
    "duty_chores",
    "homework_hand_in",
    "lunch",
    "nap",
    "other",
    *PROHIBITED_CONTENT,
)
STATIC_CONTENT = (
    "self_study",
    "homework_guidance",
    "individual_help",
    "reading",
    "reading_aloud",
    "film",
    "nap",
    "lunch",
    "homework_hand_in",
)
"""Sitting, not moving. What is not static is the dynamic part of a day."""

STATIC_PART = ("homework_guidance", "self_study")
"""What makes the static part of a day of custody (P1-033, P1-038)."""

RELATIONS = ("father", "mother", "parent", "grandparent", "relative", "guardian", "other")
APPLICATION_STATES = (
    "submitted",
    "accepted",
    "rejected",
    "published",
    "confirmed",
    "enrolled",
    "declined",
    "withdrawn",
    "lapsed",
)


def service_kinds() -> fields.List[Any]:
    """Return a required field for the kinds of service a pupil applies for or takes part in."""
    return fields.List(
        fields.String(validate=validate.OneOf(SERVICE_KINDS)),
        required=True,
        validate=validate.Length(min=1, max=len(SERVICE_KINDS)),
    )


def one_of(values: tuple[str, ...]) -> fields.String:
    """Return a required field for one of ``values``."""
    return fields.String(required=True, validate=validate.OneOf(values))


def ids() -> fields.List[Any]:
    """Return a required list of opaque ids."""
    return fields.List(fields.String(), required=True)
