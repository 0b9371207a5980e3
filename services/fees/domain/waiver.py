"""Waivers of one pupil: who pays less, from which month to which.

Rules:
    1. The ratio comes from the policy; a category without one is a blank that the bureau fills
       first (P1-098, P2-073).
    2. One waiver at a time: months of two waivers do not overlap. The same one again changes
       nothing.
    3. It begins after the last month that is already charged; charged months are never rewritten.
"""

from __future__ import annotations

from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.fees.waivers import FeeWaiverGranted
from services.fees.domain import errors
from services.fees.domain.commands import GrantWaiver
from services.fees.domain.values import WaiverTerms

Waivers: TypeAlias = tuple[WaiverTerms, ...]


def decide(state: Waivers, command: GrantWaiver) -> list[FeeWaiverGranted]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    _check_order(command)
    if command.ratio_bp is None:
        raise errors.WaiverRatioUnset("waiver_ratio_bp", command.category)
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
        raise errors.WaiverMonthsReversed(
            "减免的结束月份早于开始月份，请核对。",
            "The waiver ends before it begins; check the months.",
        )


def _check_overlap(state: Waivers, terms: WaiverTerms) -> None:
    for other in state:
        if other.covers(terms.from_month) or terms.covers(other.from_month):
            until = other.to_month or "长期"
            raise errors.WaiverOverlaps(
                f"该生已有 {other.from_month} 至 {until} 的减免，同一月份只能有一项减免。",
                f"The pupil already has a waiver from {other.from_month} to "
                f"{other.to_month or 'further notice'}; a month has one waiver at most.",
            )


def _check_not_charged(command: GrantWaiver) -> None:
    charged = command.charged_through
    if charged is not None and command.from_month <= charged:
        raise errors.MonthAlreadyCharged(
            f"该生 {charged} 已经收费，已收的月份不改写。请从下一个月起减免。",
            f"The pupil is already charged for {charged}; charged months are never rewritten. "
            "Grant the waiver from the month after.",
        )
