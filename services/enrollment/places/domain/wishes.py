"""Wishes: the family's ranked choices, and the priority that a pupil is granted.

Rules:
    1. Choices are kept as they are ranked; the same again changes nothing, others replace them.
    2. A category of priority is one that the policy lists (P2-012 to P2-015); what a plan leaves
       open ("and so on") only the authority grants. Granted once, it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.enrollment.places import OfferingsChosen, PriorityGranted
from services.enrollment.places.domain import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseOfferings:
    student_id: str
    term_id: str
    offering_ids: tuple[str, ...]


Choices: TypeAlias = tuple[str, ...]


def choose(state: Choices, command: ChooseOfferings) -> list[OfferingsChosen]:
    """Return the new choices, or nothing when they are the same."""
    if state == command.offering_ids:
        return []
    return [
        OfferingsChosen(
            student_id=command.student_id,
            term_id=command.term_id,
            offering_ids=command.offering_ids,
        )
    ]


def chosen(state: Choices, event: OfferingsChosen) -> Choices:
    """Return the choices after ``event``."""
    return tuple(event.offering_ids)


CHOICES: Decider[Choices, ChooseOfferings, OfferingsChosen] = Decider((), choose, chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPriority:
    student_id: str
    category: str
    known: tuple[str, ...]
    by_authority: bool


def grant(state: frozenset[str], command: GrantPriority) -> list[PriorityGranted]:
    """Return the grant, or nothing when the pupil has it.

    Raises:
        BusinessRuleViolation: the category is unknown, or the authority's to grant.
    """
    open_kind = command.category == "other" and "other" not in command.known
    if open_kind and not command.by_authority:
        # Also of one that was granted: a repeat may come with other evidence.
        raise errors.PriorityNeedsAuthority()
    if command.category in state:
        return []
    if command.category not in command.known and not open_kind:
        raise errors.PriorityUnknown(known=command.known)
    return [PriorityGranted(student_id=command.student_id, category=command.category)]


def granted(state: frozenset[str], event: PriorityGranted) -> frozenset[str]:
    """Return the categories after ``event``."""
    return state | {event.category}


PRIORITY: Decider[frozenset[str], GrantPriority, PriorityGranted] = Decider(
    frozenset(), grant, granted
)
