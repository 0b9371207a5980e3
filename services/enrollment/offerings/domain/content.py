"""What may be done in a session, and what never: one guard for planning, review and substitution.

Rules:
    1. Collective teaching, new lessons, make-up lessons, drilling and extending the school's
       teaching are refused in every kind of service (P1-009, P1-036, P1-037, P2-010, P2-039,
       P2-043). A reference to a lesson or a textbook unit is such an extension.
    2. Each session has one kind of content that the plan allows for its kind of service (P1-008,
       P2-022, P2-030, P2-036, P2-038, P2-042). Free individual help is allowed in every kind
       (P2-016). What a plan calls "and so on" is ``other``, where the policy lists it.
    3. A kind of content is static (sitting) or dynamic (moving): a day of custody has both
       (P1-033, P1-038).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from contracts.enrollment.vocabulary import PROHIBITED_CONTENT
from services.enrollment.offerings.domain import errors

STATIC = frozenset(
    {
        "self_study",
        "homework_guidance",
        "individual_help",
        "reading",
        "reading_aloud",
        "film",
        "nap",
        "lunch",
        "homework_hand_in",
    }
)
FEATURES = frozenset({"sport", "art", "club"})
"""What feature activities are mainly to be (P1-034)."""

FREE = "individual_help"


def check_content(
    service_kind: str,
    content_kind: str,
    *,
    allowed: Mapping[str, Sequence[str]],
    curriculum_ref: str | None = None,
) -> None:
    """Check the content of a session.

    Raises:
        BusinessRuleViolation: it is prohibited, or not allowed in this kind of service.
    """
    if content_kind in PROHIBITED_CONTENT:
        raise errors.ProhibitedContent()
    if curriculum_ref:
        raise errors.TeachingExtension()
    choices = [*allowed.get(service_kind, ()), FREE]
    if content_kind not in choices:
        raise errors.ContentNotAllowed(content_kind=content_kind, choices=choices)


def is_static(content_kind: str) -> bool:
    """Tell whether a kind of content is the static part of a day."""
    return content_kind in STATIC


def template_gaps(
    planned: Collection[tuple[int, str]], weekdays: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return, by weekday, which parts of the day are not planned.

    ``planned`` are (weekday, content kind). A day has homework guidance (or self-study) as its
    static part and a feature activity as its dynamic part.
    """
    gaps: dict[int, tuple[str, ...]] = {}
    for weekday in sorted(weekdays):
        there = {content for day, content in planned if day == weekday}
        lacking = []
        if not there & {"homework_guidance", "self_study"}:
            lacking.append("static")
        if not {kind for kind in there if not is_static(kind)}:
            lacking.append("dynamic")
        if lacking:
            gaps[weekday] = tuple(lacking)
    return gaps
