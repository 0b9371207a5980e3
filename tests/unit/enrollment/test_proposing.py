"""Proposing the next policy version: nothing changes until it is activated."""

from datetime import date
from typing import Any

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.policy import (
    DistrictRegistered,
    PolicyProposalActivated,
    PolicyProposalWithdrawn,
    PolicyVersionActivated,
    PolicyVersionProposed,
)
from services.enrollment.policy.domain import errors
from services.enrollment.policy.domain.policy import POLICY, ActivateVersion, District
from services.enrollment.policy.domain.proposal import (
    PROPOSAL,
    ActivateProposal,
    ProposeVersion,
    WithdrawProposal,
)

TODAY, DAY = date(2026, 8, 20), date(2026, 9, 1)
SHAPES = {"fee_cap_primary_fen": "fen", "service_weekdays": "weekdays"}
NOW = {"service_weekdays": [1, 2, 3, 4]}
district = District(
    district_id="d-1", name="德兴市", profile="dexing", version=3, parameters=NOW
)  # fmt: skip

proposed = PolicyVersionProposed(
    district_id="d-1",
    proposal_id="p-1",
    based_on=3,
    changes={"fee_cap_primary_fen": 9000},
    effective_from=DAY,
)
activated = PolicyProposalActivated(district_id="d-1", proposal_id="p-1", version=4)
withdrawn = PolicyProposalWithdrawn(district_id="d-1", proposal_id="p-1")
withdraw = WithdrawProposal()
proposal = Scenario(PROPOSAL)
policy = Scenario(POLICY)


def proposing(effective_from: date = DAY, **changes: Any) -> ProposeVersion:
    return ProposeVersion(
        proposal_id="p-1",
        district=district,
        changes=changes,
        effective_from=effective_from,
        shapes=SHAPES,
        today=TODAY,
    )


def activating(in_force: int = 3, today: date = DAY) -> ActivateProposal:
    return ActivateProposal(in_force=in_force, today=today)


def test_a_proposal_says_what_would_change_and_compared_with_which_version():
    proposal.given().when(proposing(fee_cap_primary_fen=9000)).then(proposed)


def test_what_is_in_force_already_is_no_change():
    both = proposing(fee_cap_primary_fen=9000, service_weekdays=[1, 2, 3, 4])

    proposal.given().when(both).then(proposed)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (proposing(fee_cap=9000), errors.ParameterUnknown),
        (proposing(fee_cap_primary_fen="90.00"), errors.ParameterWrong),
        (proposing(date(2026, 8, 19), fee_cap_primary_fen=9000), errors.EffectiveDateWrong),
        (proposing(service_weekdays=[1, 2, 3, 4]), errors.ProposalChangesNothing),
    ],
)
def test_what_cannot_be_proposed(command, refusal):
    proposal.given().when(command).then_refused(refusal)


@pytest.mark.parametrize("today", [DAY, date(2026, 9, 5)])
def test_it_is_activated_on_its_day_or_later(today):
    proposal.given(proposed).when(activating(today=today)).then(activated)


def test_it_is_not_activated_before_its_day():
    early = activating(today=date(2026, 8, 31))

    proposal.given(proposed).when(early).then_refused(errors.ProposalTooEarly)


def test_it_is_not_activated_after_another_version():
    proposal.given(proposed).when(activating(in_force=4)).then_refused(errors.ProposalOutdated)


def test_activating_it_again_changes_nothing_even_when_later_versions_came():
    proposal.given(proposed, activated).when(activating(in_force=7)).then_nothing()


def test_it_is_withdrawn_once():
    proposal.given(proposed).when(withdraw).then(withdrawn)
    proposal.given(proposed, withdrawn).when(withdraw).then_nothing()


def test_what_is_settled_stays_so():
    proposal.given(proposed, withdrawn).when(activating()).then_refused(errors.ProposalSettled)
    proposal.given(proposed, activated).when(withdraw).then_refused(errors.ProposalSettled)


@pytest.mark.parametrize("command", [activating(), withdraw])
def test_there_must_be_a_proposal(command):
    proposal.given().when(command).then_refused(errors.ProposalUnknown)


def version(number: int, **more: Any) -> PolicyVersionActivated:
    facts: dict[str, Any] = {
        "parameters": NOW,
        "unset": ("fee_cap_primary_fen",),
        "changed": ("service_weekdays",),
        "reason_code": "registered",
        **more,
    }
    return PolicyVersionActivated(
        district_id="d-1", profile="dexing", version=number, effective_from=DAY, **facts
    )


registered = DistrictRegistered(district_id="d-1", name="德兴市", profile="dexing")


def activate(**changes: Any) -> ActivateVersion:
    return ActivateVersion(changes=changes, effective_from=DAY, shapes=SHAPES)


def test_the_version_has_everything_in_it_and_all_changes_at_once():
    changes = {"fee_cap_primary_fen": 9000, "service_weekdays": [1, 2, 3, 4, 5]}

    policy.given(registered, version(1)).when(activate(**changes)).then(
        version(
            2,
            parameters=changes,
            unset=(),
            changed=("fee_cap_primary_fen", "service_weekdays"),
            reason_code="proposed",
        )
    )


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (activate(fee_cap_primary_fen="90"), errors.ParameterWrong),
        (activate(fee_cap=1), errors.ParameterUnknown),
    ],
)
def test_a_value_that_became_wrong_is_not_activated(command, refusal):
    policy.given(registered, version(1)).when(command).then_refused(refusal)


def test_no_version_is_activated_in_an_unknown_district():
    policy.given().when(activate(fee_cap_primary_fen=1)).then_refused(errors.DistrictUnknown)
