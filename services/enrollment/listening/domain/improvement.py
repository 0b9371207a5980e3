"""Improvement: what a school changes, or says it cannot, in answer to opinions and surveys.

Rules:
    1. It is published once (P1-102, P2-115) and never changes; a new one says more.
    2. It names the opinions and the survey that it answers; a later reply may name it too.
"""

from __future__ import annotations

from dataclasses import dataclass

from chassis.kernel.decider import Decider
from contracts.enrollment.opinions import ImprovementPublished


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishImprovement:
    """``opinion_ids`` and ``survey_id`` are what it answers; both may be none."""

    improvement_id: str
    school_id: str
    opinion_ids: tuple[str, ...]
    survey_id: str | None


def publish(published: bool, command: PublishImprovement) -> list[ImprovementPublished]:
    """Return the event of publishing: none when it is published already."""
    if published:
        return []
    return [
        ImprovementPublished(
            improvement_id=command.improvement_id,
            school_id=command.school_id,
            opinion_ids=command.opinion_ids,
            survey_id=command.survey_id,
        )
    ]


IMPROVEMENT: Decider[bool, PublishImprovement, ImprovementPublished] = Decider(
    False, publish, lambda _state, _event: True
)
"""Published or not."""
