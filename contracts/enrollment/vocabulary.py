"""Words that messages of enrollment share."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from contracts.shapes import Pattern

RESULTS = ("shown", "too_few", "not_yet")
STATES = ("waiting", "ready", "outdated", "activated", "withdrawn")
MAX_FILE_BASE64 = 28 * 1024 * 1024
"""20 MB as base64, with room for line ends."""
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
Word: TypeAlias = Annotated[
    str, Pattern(r"[a-z][a-z0-9_]{0,39}\Z", "1 to 40 lower-case letters, digits, _.")
]
