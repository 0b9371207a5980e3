"""Waivers of one pupil: who pays less, from which month to which.

Rules:
    1. The ratio comes from the policy; a category without one is a blank that the bureau fills
       first (P1-098, P2-073).
    2. One waiver at a time: months of two waivers do not overlap. The same one again changes
       nothing.
    3. It begins after the last month that is already charged; charged months are never rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.fees.waivers import FeeWaiverGranted
from services.fees.charges.domain.amounts import WaiverTerms
from services.fees.charges.errors import MonthAlreadyCharged
from services.fees.waivers import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWaiver:
    """``ratio_bp`` is None if the policy has none; ``charged_through``: the pupil's last charge."""

    waiver_id: str
    school_id: str
    student_id: str
    category: str
    ratio_bp: int | None
    from_month: str
    to_month: str | None
    charged_through: str | None


Waivers: TypeAlias = tuple[WaiverTerms, ...]


def decide(state: Waivers, command: GrantWaiver) -> list[FeeWaiverGranted]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    _check_order(command)
    if command.ratio_bp is None:
        raise errors.WaiverRatioUnset(parameter=f"waiver_ratio_bp[{command.category}]")
    terms = WaiverTerms(command.category, command.ratio_bp, command.from_month, command.to_month)
    if terms in state:
        return []
    _check_overlap(state, terms)
    _check_not_charged(command)
    return [
        FeeWaiverGranted(
            waiver_id=command.waiver_id,
            school_id=command.school_id,
            student_id=command.student_id,
            category=terms.category,
            ratio_bp=terms.ratio_bp,
            from_month=terms.from_month,
            to_month=terms.to_month,
        )
    ]


def evolve(state: Waivers, event: FeeWaiverGranted) -> Waivers:
    """Return the state after ``event``. Applies facts; never refuses one."""
    granted = WaiverTerms(event.category, event.ratio_bp, event.from_month, event.to_month)
    return (*state, granted)


WAIVERS: Decider[Waivers, GrantWaiver, FeeWaiverGranted] = Decider((), decide, evolve)


def stream_of(student_id: str) -> str:
    """Return the name of a pupil's stream of waivers."""
    return f"waivers-{student_id}"


def _check_order(command: GrantWaiver) -> None:
    if command.to_month is not None and command.to_month < command.from_month:
        raise errors.WaiverMonthsReversed()


def _check_overlap(state: Waivers, terms: WaiverTerms) -> None:
    for other in state:
        if other.covers(terms.from_month) or terms.covers(other.from_month):
            if other.to_month is None:
                raise errors.WaiverOverlaps("open-ended", from_month=other.from_month)
            raise errors.WaiverOverlaps(from_month=other.from_month, to_month=other.to_month)


def _check_not_charged(command: GrantWaiver) -> None:
    charged = command.charged_through
    if charged is not None and command.from_month <= charged:
        raise MonthAlreadyCharged("waiver", charged=charged)
