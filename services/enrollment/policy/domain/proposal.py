"""Proposal: a next policy version, shown with its consequences before anything changes.

Rules:
    1. It names what would change, from which day on, and why. A parameter that the profile does
       not know, a value of the wrong shape, a day that is past, and changes that change nothing
       are refused. What is in force stays in force.
    2. It is activated on its day or later, and only while the version that it was compared with
       is in force: after any other change it is proposed anew.
    3. Once activated or withdrawn it stays so; asking for the same again changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.policy import (
    PolicyProposalActivated,
    PolicyProposalWithdrawn,
    PolicyVersionProposed,
)
from services.enrollment.policy.domain import errors
from services.enrollment.policy.domain.policy import District, check_value
from services.enrollment.policy.domain.proposal_events import ProposalEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeVersion:
    """``district`` as it is now; ``shapes`` are those of the profile's parameters."""

    proposal_id: str
    district: District
    changes: Mapping[str, Any]
    effective_from: date
    shapes: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateProposal:
    """``in_force`` is the district's version now."""

    in_force: int
    today: date


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    pass


ProposalCommand: TypeAlias = ProposeVersion | ActivateProposal | WithdrawProposal


@dataclass(frozen=True, slots=True)
class Unproposed:
    """There is no such proposal."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """On record as ``proposed``; ``standing`` says what became of it."""

    proposed: PolicyVersionProposed
    standing: Literal["open", "activated", "withdrawn"] = "open"


Proposal: TypeAlias = Unproposed | Proposed


def decide(state: Proposal, command: ProposalCommand) -> list[ProposalEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case ProposeVersion():
            return _propose(command)
        case ActivateProposal():
            return _activate(_known(state), command)
        case WithdrawProposal():
            return _withdraw(_known(state))
        case _:
            assert_never(command)


def evolve(state: Proposal, event: ProposalEvent) -> Proposal:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case PolicyVersionProposed():
            return Proposed(event)
        case PolicyProposalActivated() if isinstance(state, Proposed):
            return Proposed(state.proposed, "activated")
        case PolicyProposalWithdrawn() if isinstance(state, Proposed):
            return Proposed(state.proposed, "withdrawn")
        case _:
            return state


PROPOSAL: Decider[Proposal, ProposalCommand, ProposalEvent] = Decider(Unproposed(), decide, evolve)


def _known(state: Proposal) -> Proposed:
    if isinstance(state, Unproposed):
        raise errors.ProposalUnknown()
    return state


def _propose(command: ProposeVersion) -> list[ProposalEvent]:
    district = command.district
    for name, value in command.changes.items():
        check_value(district, command.shapes, name, value)
    if command.effective_from < command.today:
        raise errors.EffectiveDateWrong("proposal", today=command.today)
    new = {
        name: value
        for name, value in command.changes.items()
        if name not in district.parameters or district.parameters[name] != value
    }
    if not new:
        raise errors.ProposalChangesNothing()
    return [
        PolicyVersionProposed(
            district_id=district.district_id,
            proposal_id=command.proposal_id,
            based_on=district.version,
            changes=new,
            effective_from=command.effective_from,
        )
    ]


def _activate(state: Proposed, command: ActivateProposal) -> list[ProposalEvent]:
    match state.standing:
        case "activated":
            return []
        case "withdrawn":
            raise errors.ProposalSettled("withdrawn")
        case "open":
            _check_may_activate(state.proposed, command)
            return [
                PolicyProposalActivated(
                    district_id=state.proposed.district_id,
                    proposal_id=state.proposed.proposal_id,
                    version=command.in_force + 1,
                )
            ]
        case _:
            assert_never(state.standing)


def _check_may_activate(proposed: PolicyVersionProposed, command: ActivateProposal) -> None:
    if command.in_force != proposed.based_on:
        raise errors.ProposalOutdated(based_on=proposed.based_on, in_force=command.in_force)
    if command.today < proposed.effective_from:
        raise errors.ProposalTooEarly(effective_from=proposed.effective_from)


def _withdraw(state: Proposed) -> list[ProposalEvent]:
    match state.standing:
        case "withdrawn":
            return []
        case "activated":
            raise errors.ProposalSettled("activated")
        case "open":
            return [
                PolicyProposalWithdrawn(
                    district_id=state.proposed.district_id,
                    proposal_id=state.proposed.proposal_id,
                )
            ]
        case _:
            assert_never(state.standing)
