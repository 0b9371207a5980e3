"""Rules: a school's library of written rules, every version kept (P1-073, P2-057).

Rules:
    1. Each text published under a document's name is its next version; the same text again
       changes nothing. A submitted plan pins the versions that it stands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.enrollment.filing import RuleVersionPublished


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRule:
    school_id: str
    document: str
    text_sha256: str


Library: TypeAlias = Mapping[str, RuleVersionPublished]
"""The newest version of each document."""


def decide(state: Library, command: PublishRule) -> list[RuleVersionPublished]:
    """Return the next version of a document, or nothing when its text is the same."""
    newest = state.get(command.document)
    if newest is not None and newest.text_sha256 == command.text_sha256:
        return []
    return [
        RuleVersionPublished(
            school_id=command.school_id,
            document=command.document,
            version=newest.version + 1 if newest else 1,
            text_sha256=command.text_sha256,
        )
    ]


def evolve(state: Library, event: RuleVersionPublished) -> Library:
    """Return the library after ``event``."""
    return MappingProxyType({**state, event.document: event})


RULES: Decider[Library, PublishRule, RuleVersionPublished] = Decider(
    MappingProxyType({}), decide, evolve
)
