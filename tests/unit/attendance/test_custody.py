"""From check-in to hand-over: what the gate allows, and what it refuses on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from chassis.kernel.call import CHINA
from chassis.testing.scenario import Scenario
from contracts.attendance.handover import ChildHandedOver, PickupRefused
from contracts.attendance.pickup import PickupCodeIssued
from contracts.attendance.sessions import PupilCheckedIn, PupilMarkedAbsent
from services.attendance.custody import errors
from services.attendance.custody.domain.custody import (
    CUSTODY,
    MAX_WRONG_TRIES,
    CheckIn,
    HandOver,
    IssueCode,
    MarkAbsent,
    RefusePickup,
)
from services.attendance.pickup.domain import Standing

TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 16, 40, tzinfo=CHINA)
MIDNIGHT = datetime(2026, 9, 2, tzinfo=CHINA)
RIGHT, OTHERS, WRONG = "a" * 64, "b" * 64, "c" * 64
VALID = Standing(state="valid", relation="mother")

custody = Scenario(CUSTODY)

check_in = CheckIn(student_id="child", session_id="s1", class_id="c1", date=TODAY)
checked_in = PupilCheckedIn(student_id="child", session_id="s1", class_id="c1", date=TODAY)
mark_absent = MarkAbsent(
    student_id="child", session_id="s1", class_id="c1", date=TODAY, status="absent"
)
marked_absent = PupilMarkedAbsent(
    student_id="child", session_id="s1", class_id="c1", date=TODAY, status="absent"
)
issue = IssueCode(
    code_id="code-1",
    student_id="child",
    receiver_id="mum",
    standing=VALID,
    code_hash=RIGHT,
    date=TODAY,
    expires_at=MIDNIGHT,
)
issued = PickupCodeIssued(
    code_id="code-1",
    student_id="child",
    receiver_id="mum",
    code_hash=RIGHT,
    date=TODAY,
    expires_at=MIDNIGHT,
)
issued_to_dad = replace(issued, code_id="code-2", receiver_id="dad", code_hash=OTHERS)
reissued = replace(issued, code_id="code-3", code_hash="d" * 64)
hand_over = HandOver(
    student_id="child",
    school_id="school",
    receiver_id="mum",
    standing=VALID,
    code_hash=RIGHT,
    spent=False,
    guard_id="guard",
    date=TODAY,
    now=NOW,
)
handed_over = ChildHandedOver(
    student_id="child",
    school_id="school",
    class_id="c1",
    session_id="s1",
    receiver_id="mum",
    relation="mother",
    proof=("one_time_code",),
    guard_id="guard",
    code_id="code-1",
    place="gate",
    date=TODAY,
)


def refused(reason: str) -> PickupRefused:
    return PickupRefused(
        student_id="child", receiver_id="mum", date=TODAY, reason=reason, guard_id="guard"
    )


@pytest.mark.clause("P1-084", "P2-102")
def test_a_child_leaves_with_the_authorised_adult_who_shows_the_code() -> None:
    custody.given(checked_in, issued).when(hand_over).then(handed_over)


@pytest.mark.clause("P1-084", "P2-102")
def test_a_second_handover_is_refused() -> None:
    custody.given(checked_in, issued, handed_over).when(hand_over).then(
        refused("already-handed-over")
    )


@pytest.mark.clause("P1-084")
def test_nobody_leaves_who_was_not_checked_in() -> None:
    custody.given(issued).when(hand_over).then(refused("not-in-care"))
    custody.given(issued, marked_absent).when(hand_over).then(refused("not-in-care"))


@pytest.mark.clause("P2-102")
def test_a_wrong_code_is_refused() -> None:
    custody.given(checked_in, issued).when(replace(hand_over, code_hash=WRONG)).then(
        refused("wrong-code")
    )


@pytest.mark.clause("P2-102")
def test_without_any_code_every_code_is_wrong() -> None:
    custody.given(checked_in).when(hand_over).then(refused("wrong-code"))


@pytest.mark.clause("P2-102")
def test_the_code_of_another_adult_is_refused() -> None:
    custody.given(checked_in, issued, issued_to_dad).when(
        replace(hand_over, code_hash=OTHERS)
    ).then(refused("code-of-another-receiver"))


@pytest.mark.clause("P2-102")
@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("unknown", "receiver-not-authorised"),
        ("not_yet", "receiver-not-authorised"),
        ("expired", "receiver-not-authorised"),
        ("revoked", "receiver-revoked"),
    ],
)
def test_an_adult_without_a_valid_authorisation_is_refused_even_with_the_code(
    state: str, reason: str
) -> None:
    standing = Standing(state=state, relation="mother")

    custody.given(checked_in, issued).when(replace(hand_over, standing=standing)).then(
        refused(reason)
    )


@pytest.mark.clause("P2-102")
@pytest.mark.parametrize(
    "shown",
    [
        replace(hand_over, now=MIDNIGHT),
        replace(hand_over, code_hash=WRONG, spent=True),
    ],
)
def test_an_expired_code_is_refused(shown: HandOver) -> None:
    custody.given(checked_in, issued).when(shown).then(refused("code-expired"))


def test_the_last_moment_of_a_code() -> None:
    last = replace(hand_over, now=MIDNIGHT - timedelta(microseconds=1))

    custody.given(checked_in, issued).when(last).then(handed_over)


@pytest.mark.clause("P2-102")
def test_a_new_code_replaces_the_adults_earlier_one() -> None:
    history = custody.given(checked_in, issued, reissued)

    history.when(hand_over).then(refused("code-expired"))
    history.when(replace(hand_over, code_hash=reissued.code_hash)).then(
        replace(handed_over, code_id="code-3")
    )


def test_another_adults_new_code_replaces_nothing() -> None:
    custody.given(checked_in, issued, issued_to_dad).when(hand_over).then(handed_over)


@pytest.mark.clause("P2-102")
def test_five_wrong_tries_lock_the_codes() -> None:
    tries = [refused("wrong-code"), refused("code-of-another-receiver")] * 3
    below, at = tries[: MAX_WRONG_TRIES - 1], tries[:MAX_WRONG_TRIES]

    custody.given(checked_in, issued, *below).when(hand_over).then(handed_over)
    custody.given(checked_in, issued, *at).when(hand_over).then(refused("code-locked"))


def test_a_new_code_from_the_guardian_lifts_the_lock() -> None:
    tries = [refused("wrong-code")] * MAX_WRONG_TRIES

    custody.given(checked_in, issued, *tries, reissued).when(
        replace(hand_over, code_hash=reissued.code_hash)
    ).then(replace(handed_over, code_id="code-3"))


def test_other_refusals_do_not_lock() -> None:
    others = [refused("no-code"), refused("not-in-care"), refused("code-expired")] * 3

    custody.given(checked_in, issued, *others).when(hand_over).then(handed_over)


@pytest.mark.clause("P2-102")
def test_the_guards_own_refusal_is_on_record_each_time() -> None:
    refuse = RefusePickup(
        student_id="child", receiver_id="mum", reason="no-code", guard_id="guard", date=TODAY
    )

    custody.given(checked_in).when(refuse).then(refused("no-code"))
    custody.given(checked_in, refused("no-code")).when(refuse).then(refused("no-code"))


def test_a_code_is_issued() -> None:
    custody.given().when(issue).then(issued)


@pytest.mark.parametrize(
    ("state", "error"),
    [("unknown", errors.ReceiverNotAuthorised), ("revoked", errors.ReceiverRevoked)],
)
def test_no_code_for_an_adult_who_may_not_come(
    state: str, error: type[errors.PickupRefusal]
) -> None:
    standing = Standing(state=state)

    custody.given().when(replace(issue, standing=standing)).then_refused(error)


def test_no_code_for_a_child_who_has_left() -> None:
    custody.given(checked_in, issued, handed_over).when(issue).then_refused(
        errors.AlreadyHandedOver
    )


@pytest.mark.clause("P1-084")
def test_nothing_brings_a_child_back_who_was_handed_over() -> None:
    gone = custody.given(checked_in, issued, handed_over)

    gone.when(replace(check_in, session_id="s2")).then_nothing()
    gone.when(mark_absent).then_refused(errors.AlreadyHandedOver)
