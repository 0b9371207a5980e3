"""Session content: what a teacher means to do on one day, reviewed by the school (P1-087, P2-045).

Rules:
    1. Content passes the same guard as the offering, when submitted and when a session is
       substituted (P1-036, P1-009).
    2. The school approves it, with guidance, or returns it; what is not approved does not run.
    3. Other content, other words for it, or another teacher, needs its own approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.session_contents import (
    SessionContentApproved,
    SessionContentReturned,
    SessionContentSubmitted,
    SessionSubstituted,
)
from services.enrollment.offerings.domain import commands, errors
from services.enrollment.offerings.domain.commands import ContentCommand, Session
from services.enrollment.offerings.domain.content import check_content
from services.enrollment.offerings.domain.events import ContentEvent


@dataclass(frozen=True, slots=True)
class Unsubmitted:
    """Nothing is planned for the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Planned; ``standing`` says how far the review is."""

    submitted: SessionContentSubmitted | SessionSubstituted
    standing: Literal["submitted", "approved", "returned"] = "submitted"


Content: TypeAlias = Unsubmitted | Submitted


def decide(state: Content, command: ContentCommand) -> list[ContentEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case commands.SubmitSessionContent(session=session):
            return _submit(state, session)
        case commands.SubstituteSession(session=session):
            return _substitute(state, session)
        case commands.ApproveSessionContent():
            return _approve(_submitted(state))
        case commands.ReturnSessionContent():
            return _return(_submitted(state))
        case _:
            assert_never(command)


def evolve(state: Content, event: ContentEvent) -> Content:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case SessionContentSubmitted() | SessionSubstituted():
            return Submitted(submitted=event)
        case SessionContentApproved() if isinstance(state, Submitted):
            return Submitted(submitted=state.submitted, standing="approved")
        case SessionContentReturned() if isinstance(state, Submitted):
            return Submitted(submitted=state.submitted, standing="returned")
        case _:
            return state


CONTENT: Decider[Content, ContentCommand, ContentEvent] = Decider(Unsubmitted(), decide, evolve)


def _submitted(state: Content) -> Submitted:
    if isinstance(state, Unsubmitted):
        raise errors.ContentUnknown()
    return state


def _check(session: Session) -> None:
    if session.on.isoweekday() not in session.weekdays:
        raise errors.NotASessionDay()
    check_content(
        session.service_kind,
        session.content_kind,
        allowed=session.allowed,
        curriculum_ref=session.curriculum_ref,
    )


def _same(state: Content, session: Session) -> bool:
    return (
        isinstance(state, Submitted)
        and state.standing != "returned"
        and not session.rewritten
        and (state.submitted.content_kind, state.submitted.teacher_id)
        == (session.content_kind, session.teacher_id)
    )


def _submit(state: Content, session: Session) -> list[ContentEvent]:
    _check(session)
    if _same(state, session):
        return []
    if isinstance(state, Submitted) and state.standing == "approved":
        raise errors.ContentApprovedAlready()
    return [
        SessionContentSubmitted(
            offering_id=session.offering_id,
            on=session.on,
            content_kind=session.content_kind,
            teacher_id=session.teacher_id,
        )
    ]


def _substitute(state: Content, session: Session) -> list[ContentEvent]:
    _check(session)
    if _same(state, session):
        return []
    return [
        SessionSubstituted(
            offering_id=session.offering_id,
            on=session.on,
            content_kind=session.content_kind,
            teacher_id=session.teacher_id,
        )
    ]


def _approve(state: Submitted) -> list[ContentEvent]:
    match state.standing:
        case "approved":
            return []
        case "returned":
            raise errors.ContentUnknown("returned")
        case "submitted":
            told = state.submitted
            return [SessionContentApproved(offering_id=told.offering_id, on=told.on)]
        case _:
            assert_never(state.standing)


def _return(state: Submitted) -> list[ContentEvent]:
    if state.standing == "returned":
        return []
    told = state.submitted
    return [SessionContentReturned(offering_id=told.offering_id, on=told.on)]
