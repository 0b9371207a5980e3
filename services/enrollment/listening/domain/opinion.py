"""Opinion: what anybody says about the service, its reply, and the improvement it led to.

Rules:
    1. An opinion has a source: pupil, guardian, public, deputy of a people's congress or member of
       the CPPCC (P2-115). A guardian speaks for the family, as guardian or for the pupil; the
       school's office or the bureau takes down everybody's.
    2. Each gets a reply (P2-115), once: the first stands. The reply may name an improvement; to
       name one later, answer again with nothing else changed.
    3. It is open until it has a reply and an improvement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.opinions import OpinionAnswered, OpinionReceived
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.events import OpinionEvent

OF_A_FAMILY = ("guardian", "pupil")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOpinion:
    """``guardian_id`` is who gives it; None when the office or the bureau takes it down."""

    opinion_id: str
    school_id: str
    source: str
    guardian_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOpinion:
    """``reworded``: the reply is not the one that was given before."""

    improvement_id: str | None
    reworded: bool


Command: TypeAlias = GiveOpinion | AnswerOpinion


@dataclass(frozen=True, slots=True)
class Unheard:
    """There is no such opinion."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Received, without a reply."""

    opinion: OpinionReceived


@dataclass(frozen=True, slots=True)
class Answered:
    """With a reply, and the improvement that it names."""

    opinion: OpinionReceived
    improvement_id: str | None


Opinion: TypeAlias = Unheard | Waiting | Answered


def decide(state: Opinion, command: Command) -> list[OpinionEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case GiveOpinion():
            return _give(state, command)
        case AnswerOpinion():
            return _answer(state, command)
        case _:
            assert_never(command)


def evolve(state: Opinion, event: OpinionEvent) -> Opinion:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case OpinionReceived():
            return Waiting(event)
        case OpinionAnswered():
            return state if isinstance(state, Unheard) else _replied(state, event)
        case _:
            assert_never(event)


OPINION: Decider[Opinion, Command, OpinionEvent] = Decider(Unheard(), decide, evolve)


def _replied(state: Waiting | Answered, event: OpinionAnswered) -> Answered:
    before = state.improvement_id if isinstance(state, Answered) else None
    return Answered(state.opinion, event.improvement_id or before)


def _give(state: Opinion, command: GiveOpinion) -> list[OpinionEvent]:
    if not isinstance(state, Unheard):
        return []
    if command.guardian_id is not None and command.source not in OF_A_FAMILY:
        raise errors.SourceNotYours()
    return [
        OpinionReceived(
            opinion_id=command.opinion_id,
            school_id=command.school_id,
            source=command.source,
            guardian_id=command.guardian_id,
        )
    ]


def _answer(state: Opinion, command: AnswerOpinion) -> list[OpinionEvent]:
    match state:
        case Unheard():
            raise errors.OpinionUnknown()
        case Waiting(opinion):
            return [_reply(opinion, command)]
        case Answered(opinion, before):
            if command.reworded:
                raise errors.AlreadyAnswered()
            fresh = command.improvement_id not in (None, before)
            return [_reply(opinion, command)] if fresh else []
        case _:
            assert_never(state)


def _reply(opinion: OpinionReceived, command: AnswerOpinion) -> OpinionAnswered:
    return OpinionAnswered(
        opinion_id=opinion.opinion_id,
        school_id=opinion.school_id,
        improvement_id=command.improvement_id,
    )
