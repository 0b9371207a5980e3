"""Policy profiles: the plans' parameters, and those a plan leaves blank."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts import roles
from contracts.enrollment.vocabulary import PROFILES
from contracts.shapes import (
    Id,
    LeftOut,
    Length,
    Nothing,
    NotNull,
    OneOf,
    Slug,
    command,
    event,
    query,
    reply,
    request,
)


@event
class DistrictRegistered:
    """A district, and the profile of rules that it follows."""

    district_id: Id
    name: str
    profile: Annotated[str, OneOf(PROFILES)]


@event
class PolicyVersionActivated:
    """All parameters in force from now on (``contracts.enrollment.parameters``)."""

    district_id: Id
    profile: Annotated[str, OneOf(PROFILES)]
    version: int
    effective_from: date
    parameters: dict[str, object]
    unset: tuple[str, ...]
    changed: tuple[str, ...]
    reason_code: Annotated[str, LeftOut()]


@event
class PolicyVersionProposed:
    """``changes``: parameter → value, compared with version ``based_on``. Nothing changes yet."""

    district_id: Id
    proposal_id: Id
    based_on: int
    changes: dict[str, object]
    effective_from: date


@event
class PolicyProposalActivated:
    """The proposal became ``version``; ``PolicyVersionActivated`` says what is in force."""

    district_id: Id
    proposal_id: Id
    version: int


@event
class PolicyProposalWithdrawn:
    """A proposed version is given up."""

    district_id: Id
    proposal_id: Id


@request(component="enrollment.ProposePolicyVersion")
class ProposePolicyVersion:
    """``changes``: parameter → value of the shape of ``contracts.enrollment.parameters``.

    Takes effect today or later; today if no date is given.
    """

    profile: Id
    district_id: Id | None = None
    changes: Annotated[
        dict[Annotated[str, Length(1, 80)], Annotated[object, NotNull()]], Length(1, 50)
    ]
    effective_from: date | None = None
    reason: Annotated[str, Length(1, 1000)]


@request
class RegisterDistrict:
    district_id: Slug
    name: Annotated[str, Length(1, 80)]
    profile: Annotated[str, OneOf(PROFILES)]


@request
class SetPolicyParameter:
    """``value`` has the shape of ``contracts.enrollment.parameters``; today if no date is given."""

    profile: Id
    district_id: Id | None = None
    parameter: Annotated[str, Length(1, 80)]
    value: object
    effective_from: date | None = None
    reason: Annotated[str, Length(1, 1000)]


@request
class GetPolicy:
    profile: Id
    district_id: Id | None = None


@request
class ListPolicyProposals:
    profile: Id
    district_id: Id | None = None


@request
class ActivatePolicyVersion:
    proposal_id: Id


@request
class WithdrawPolicyProposal:
    proposal_id: Id


@reply
class TwoLanguages:
    zh: str
    en: str


@reply
class PolicyProposalState:
    """``state``: waiting (for its day), ready, outdated (another version came first), activated,
    withdrawn. ``version`` is the one that it became, null before."""

    proposal_id: str
    district_id: str
    profile: str
    based_on: int
    effective_from: str
    state: str
    version: int | None


@reply
class ProposedChange:
    """``before`` is null where the plan's blank was not filled."""

    parameter: str
    meaning: TwoLanguages
    clauses: tuple[str, ...]
    before: object | None
    after: object | None


@reply
class PolicyProposal(PolicyProposalState):
    """``conflicts`` are those with the national rules that it would have; none once settled."""

    proposed_at: str
    settled_at: str | None
    reason: str | None
    changes: tuple[ProposedChange, ...]
    conflicts: tuple[Conflict, ...]


@reply
class Conflict:
    """Where the national rules say otherwise; reported only, never applied by itself."""

    rule: str
    parameter: str
    text: TwoLanguages


@reply
class PolicyProposals:
    items: tuple[PolicyProposal, ...]


@reply
class Citation:
    """``placeholder`` marks a document number that the plan leaves unfilled: never print it."""

    text: str
    placeholder: bool
    note: TwoLanguages | None


@reply
class UnsetParameter:
    parameter: str
    clauses: tuple[str, ...]
    meaning: TwoLanguages


@reply
class ParameterDetail(UnsetParameter):
    """``source``: plan (the plan's own text), district (a district setting), bureau or unset."""

    value: object | None
    shape: str
    source: str


@reply
class Policy:
    """``version`` is 0 and ``district_id`` null for a profile as shipped."""

    profile: str
    title: str
    level: str
    district_id: str | None
    version: int
    effective_from: str
    citations: tuple[Citation, ...]
    parameters: dict[str, object]
    unset: tuple[UnsetParameter, ...]
    details: tuple[ParameterDetail, ...]
    conflicts: tuple[Conflict, ...]


@reply
class District:
    district_id: str
    name: str
    profile: str


@reply
class Districts:
    items: tuple[District, ...]


@reply
class PolicyVersion:
    district_id: str
    profile: str
    version: int
    parameter: str


GET_POLICY = query(
    "get_policy",
    "/policies/{profile}{?district_id}",
    "Show a profile, or what of it is in force in a district",
    GetPolicy,
    Policy,
    roles=roles.ANYBODY,
)
SET_POLICY_PARAMETER = command(
    "set_policy_parameter",
    "/policies/{profile}/parameters{?district_id}",
    "Set a parameter of a district's policy",
    SetPolicyParameter,
    PolicyVersion,
    roles=("bureau",),
)
PROPOSE_POLICY_VERSION = command(
    "propose_policy_version",
    "/policies/{profile}/proposals{?district_id}",
    "Propose a next version of a district's policy: nothing changes yet",
    ProposePolicyVersion,
    PolicyProposalState,
    roles=("bureau",),
)
LIST_POLICY_PROPOSALS = query(
    "list_policy_proposals",
    "/policies/{profile}/proposals{?district_id}",
    "List proposed versions, with what they change and the national conflicts they would have",
    ListPolicyProposals,
    PolicyProposals,
    roles=("bureau",),
)
ACTIVATE_POLICY_VERSION = command(
    "activate_policy_version",
    "/proposals/{proposal_id}/activate",
    "Activate a proposed version on its day or later",
    ActivatePolicyVersion,
    PolicyProposalState,
    roles=("bureau",),
)
WITHDRAW_POLICY_PROPOSAL = command(
    "withdraw_policy_proposal",
    "/proposals/{proposal_id}/withdraw",
    "Withdraw a proposed version",
    WithdrawPolicyProposal,
    PolicyProposalState,
    roles=("bureau",),
)
LIST_DISTRICTS = query(
    "list_districts",
    "/districts",
    "List districts",
    Nothing,
    Districts,
    roles=roles.ANYBODY,
)
REGISTER_DISTRICT = command(
    "register_district",
    "/districts",
    "Register a district under a profile",
    RegisterDistrict,
    District,
    roles=("operator",),
)
