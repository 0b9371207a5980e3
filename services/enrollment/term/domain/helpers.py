"""Pupil helper: a pupil who helps in a term as a cadre of the class, the Pioneers or the League.

Rules:
    1. Only a pupil who takes part in the term's service helps (P2-058). Appointing the same pupil
       to the same role again changes nothing; the school or the pupil ends it at any time.
    2. A helper answers for nobody: duties, posts, venues and sessions are given to staff only, and
       there is no command by which a pupil disciplines another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from chassis.kernel.errors import BusinessRuleViolation
from contracts.enrollment.helpers import PupilHelperAppointed, PupilHelperEnded

HelperEvent: TypeAlias = PupilHelperAppointed | PupilHelperEnded


class HelperNotEnrolled(BusinessRuleViolation):
    code = "enrollment.helper-not-enrolled"
    clauses = ("P2-058",)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointPupilHelper:
    student_id: str
    term_id: str
    role: str
    enrolled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPupilHelper:
    student_id: str
    term_id: str
    role: str


HelperCommand: TypeAlias = AppointPupilHelper | EndPupilHelper
Roles: TypeAlias = frozenset[str]


def decide(state: Roles, command: HelperCommand) -> list[HelperEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        HelperNotEnrolled: the pupil does not take part in the term's service.
    """
    whose = {"student_id": command.student_id, "term_id": command.term_id, "role": command.role}
    match command:
        case AppointPupilHelper(enrolled=enrolled):
            if command.role in state:
                return []
            if not enrolled:
                raise HelperNotEnrolled()
            return [PupilHelperAppointed(**whose)]
        case EndPupilHelper():
            return [PupilHelperEnded(**whose)] if command.role in state else []
        case _:
            assert_never(command)


def evolve(state: Roles, event: HelperEvent) -> Roles:
    """Return the pupil's roles after ``event``."""
    match event:
        case PupilHelperAppointed(role=role):
            return state | {role}
        case PupilHelperEnded(role=role):
            return state - {role}
        case _:
            assert_never(event)


HELPER: Decider[Roles, HelperCommand, HelperEvent] = Decider(frozenset(), decide, evolve)
