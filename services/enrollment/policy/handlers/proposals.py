"""A bureau proposes the next version of its policy, sees what it would mean, and activates it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import policy as said
from services.enrollment.policy import profiles
from services.enrollment.policy.domain.errors import ProposalUnknown
from services.enrollment.policy.domain.policy import POLICY, ActivateVersion, registered
from services.enrollment.policy.domain.proposal import (
    PROPOSAL,
    ActivateProposal,
    Proposed,
    ProposeVersion,
    WithdrawProposal,
)
from services.enrollment.policy.handlers.policy import conflicts, following, meaning, own_district
from services.enrollment.policy.tables import policies, proposals


def propose_policy_version(
    work: UnitOfWork, request: said.ProposePolicyVersion, call: Call
) -> Reply[said.PolicyProposalState]:
    proposal_id = new_id()
    command = ProposeVersion(
        proposal_id=proposal_id,
        district=registered(work.load(POLICY, f"district-{work.partition}")),
        changes=request.changes,
        effective_from=request.effective_from or call.today,
        shapes=profiles.profile(request.profile).shapes,
        today=call.today,
    )
    decision = work.execute(PROPOSAL, _stream(proposal_id), command)
    work.vault.put(subject(proposal_id), reason=request.reason)
    return Reply(_state(work.connection, proposal_id, call), decision.version, created=True)


def activate_policy_version(
    work: UnitOfWork, request: said.ActivatePolicyVersion, call: Call
) -> Reply[said.PolicyProposalState]:
    proposal_id = request.proposal_id
    stream = f"district-{work.partition}"
    district = registered(work.load(POLICY, stream))
    command = ActivateProposal(in_force=district.version, today=call.today)
    decision = work.execute(PROPOSAL, _stream(proposal_id), command)
    if decision.events:
        assert isinstance(decision.state, Proposed)
        proposed = decision.state.proposed
        version = ActivateVersion(
            changes=proposed.changes,
            effective_from=proposed.effective_from,
            shapes=profiles.profile(district.profile).shapes,
        )
        work.append(stream, POLICY.decide(district, version))
        reason = work.vault.get(subject(proposal_id), "reason")
        work.vault.put(f"policy-{work.partition}-{district.version + 1}", reason=reason)
    return Reply(_state(work.connection, proposal_id, call), decision.version)


def withdraw_policy_proposal(
    work: UnitOfWork, request: said.WithdrawPolicyProposal, call: Call
) -> Reply[said.PolicyProposalState]:
    proposal_id = request.proposal_id
    decision = work.execute(PROPOSAL, _stream(proposal_id), WithdrawProposal())
    return Reply(_state(work.connection, proposal_id, call), decision.version)


def list_policy_proposals(
    reading: Reading, request: said.ListPolicyProposals
) -> said.PolicyProposals:
    """Each proposal with what it would change and the conflicts that it would have."""
    district_id = request.district_id or reading.call.principal.district_id or ""
    district = following(reading.connection, request.profile, district_id, reading.call)
    found = proposals.of_district(reading.connection, district_id)
    held = reading.vault.session(reading.connection).get_many(
        subject(each.proposal_id) for each in found
    )
    return said.PolicyProposals(
        items=tuple(
            _described(district, each, held.get(subject(each.proposal_id), {}), reading.call)
            for each in found
        )
    )


def subject(proposal_id: str) -> str:
    """Return the vault's subject of a proposal's reason."""
    return f"policy-proposal-{proposal_id}"


def _stream(proposal_id: str) -> str:
    return f"policy-proposal-{proposal_id}"


def _described(
    district: dict[str, Any], row: proposals.Proposal, held: dict[str, str], call: Call
) -> said.PolicyProposal:
    plan = profiles.profile(district["profile"])
    proposed = {**plan.values, **district["parameters"], **row.changes}
    return said.PolicyProposal(
        proposal_id=row.proposal_id,
        district_id=row.district_id,
        profile=plan.profile,
        based_on=row.based_on,
        effective_from=row.effective_from,
        state=_standing(row, district["version"], call),
        version=row.version,
        proposed_at=row.proposed_at,
        settled_at=row.settled_at,
        reason=held.get("reason"),
        changes=tuple(
            said.ProposedChange(
                parameter=name,
                meaning=meaning(plan.parameters[name]),
                clauses=plan.parameters[name].clauses,
                before=row.before.get(name),
                after=value,
            )
            for name, value in sorted(row.changes.items())
        ),
        conflicts=conflicts(plan, proposed) if row.standing == "open" else (),
    )


def _state(connection: Connection, proposal_id: str, call: Call) -> said.PolicyProposalState:
    row = proposals.proposal(connection, proposal_id)
    assert row is not None
    district = policies.district(connection, row.district_id)
    assert district is not None
    return said.PolicyProposalState(
        proposal_id=row.proposal_id,
        district_id=row.district_id,
        profile=district["profile"],
        based_on=row.based_on,
        effective_from=row.effective_from,
        state=_standing(row, district["version"], call),
        version=row.version,
    )


def _standing(row: proposals.Proposal, in_force: int, call: Call) -> str:
    if row.standing != "open":
        return row.standing
    if row.based_on != in_force:
        return "outdated"
    return "ready" if row.effective_from <= call.today.isoformat() else "waiting"


def _of_proposal(
    connection: Connection,
    request: said.ActivatePolicyVersion | said.WithdrawPolicyProposal,
    call: Call,
) -> str:
    found = proposals.proposal(connection, request.proposal_id)
    if found is None or found.district_id != call.principal.district_id:
        raise ProposalUnknown()
    return found.district_id


HANDLES: Handles = {
    said.PROPOSE_POLICY_VERSION: CommandHandler(propose_policy_version, own_district),
    said.ACTIVATE_POLICY_VERSION: CommandHandler(activate_policy_version, _of_proposal),
    said.WITHDRAW_POLICY_PROPOSAL: CommandHandler(withdraw_policy_proposal, _of_proposal),
    said.LIST_POLICY_PROPOSALS: list_policy_proposals,
}
