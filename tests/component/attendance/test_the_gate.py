"""Hand-overs through the service: what leaves, what is refused, what is on record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.component.attendance.school import (
    GUARD,
    MUM,
    MUM_OF_BEN,
    OFFICE,
    STRANGE_GUARD,
    TEACHER,
    School,
    not_code,
)


def refusals(school: School) -> list[tuple[str, str | None]]:
    return [(e["reason"], e["receiver_id"]) for e in school.events("PickupRefused")]


@pytest.mark.clause("P1-084", "P2-102")
def test_a_child_is_handed_over_and_the_record_says_everything(in_care: School):
    code = in_care.code()

    reply = in_care.hand_over(code)

    assert reply["created"]
    [event] = in_care.events("ChildHandedOver")
    assert event["receiver_id"] == "mum-ann"
    assert event["relation"] == "mother"
    assert event["guard_id"] == "guard-1"
    assert event["class_id"] == "c1"
    assert event["place"] == "gate"
    assert event["proof"] == ["one_time_code"]
    board = in_care.board()
    assert board["counts"] == {"present": 2, "handed_over": 1, "absent": 0, "leave": 0}
    assert [item["student_id"] for item in board["items"]] == ["ben", "cid", "ann"]
    assert board["items"][-1]["relation"] == "mother"


def test_the_record_names_the_policy_version(in_care: School):
    in_care.hand_over(in_care.code())

    event = in_care.service.log.read("school")[-1]
    assert event["policy"] == {"profile": "urban-district", "version": 1}


def test_a_teacher_may_hand_over_too(in_care: School):
    assert in_care.ok(in_care.hand_over(in_care.code(), by=TEACHER))


@pytest.mark.clause("P1-084", "P2-102")
def test_a_wrong_code_is_refused_on_record_and_the_right_one_still_opens(in_care: School):
    code = in_care.code()

    reply = in_care.hand_over(not_code(code))

    assert reply["code"] == "attendance.wrong-code"
    assert reply["clauses"] == ["P1-084", "P2-102"]
    assert refusals(in_care) == [("wrong-code", "mum-ann")]
    assert in_care.ok(in_care.hand_over(code))


@pytest.mark.clause("P2-102")
def test_the_wrong_adult_is_refused_on_record(in_care: School):
    code = in_care.code()

    by_dad = in_care.hand_over(code, receiver="dad-ann")
    by_stranger = in_care.hand_over(code, receiver="mum-ben")

    assert by_dad["code"] == by_stranger["code"] == "attendance.receiver-not-authorised"
    assert refusals(in_care) == [
        ("code-of-another-receiver", "dad-ann"),
        ("receiver-not-authorised", "mum-ben"),
    ]


@pytest.mark.clause("P2-102")
def test_the_code_of_another_child_is_a_wrong_code(in_care: School):
    bens = in_care.code("ben", "mum-ben", MUM_OF_BEN)

    assert in_care.hand_over(bens)["code"] == "attendance.wrong-code"


@pytest.mark.clause("P2-102")
def test_a_revoked_adult_is_refused_even_with_a_live_code(in_care: School):
    aunt = in_care.authorise()
    code = in_care.code(receiver=aunt["receiver_id"])
    assert in_care.ok(in_care.revoke(aunt["authorisation_id"]))["state"] == "revoked"

    reply = in_care.hand_over(code, receiver=aunt["receiver_id"])

    assert reply["code"] == "attendance.receiver-revoked"
    assert refusals(in_care) == [("receiver-revoked", aunt["receiver_id"])]
    assert in_care.find(code)["reason"] == "attendance.receiver-revoked"


@pytest.mark.clause("P1-084", "P2-102")
def test_a_second_handover_is_refused_on_record(in_care: School):
    code = in_care.code()
    in_care.ok(in_care.hand_over(code))

    assert in_care.hand_over(code)["code"] == "attendance.already-handed-over"
    assert refusals(in_care) == [("already-handed-over", "mum-ann")]
    assert len(in_care.events("ChildHandedOver")) == 1


@pytest.mark.clause("P1-084", "P2-102")
def test_of_many_at_once_one_gets_the_child(in_care: School):
    code = in_care.code()

    with ThreadPoolExecutor(8) as gates:
        replies = list(gates.map(lambda _: in_care.hand_over(code), range(8)))

    assert sorted(reply.get("code", "ok") for reply in replies) == [
        *["attendance.already-handed-over"] * 7,
        "ok",
    ]
    assert len(in_care.events("ChildHandedOver")) == 1
    assert len(refusals(in_care)) == 7


def test_the_same_request_again_gets_the_first_answer(in_care: School):
    code = in_care.code()

    first = in_care.hand_over(code, idempotency_key="tap")
    again = in_care.hand_over(code, idempotency_key="tap")

    assert first == again
    assert refusals(in_care) == []


def test_a_refusal_is_repeated_too_and_counted_once(in_care: School):
    wrong = not_code(in_care.code())

    first = in_care.hand_over(wrong, idempotency_key="tap")

    assert in_care.hand_over(wrong, idempotency_key="tap") == first
    assert len(refusals(in_care)) == 1


@pytest.mark.clause("P1-084")
def test_a_child_without_check_in_is_refused_on_record(school: School):
    code = school.code()

    assert school.hand_over(code)["code"] == "attendance.not-in-care"
    assert refusals(school) == [("not-in-care", "mum-ann")]


@pytest.mark.clause("P2-102")
def test_yesterdays_code_has_expired(in_care: School):
    code = in_care.code()
    in_care.at("2026-09-02T15:25")
    session_id = in_care.ok(in_care.open(date="2026-09-02"))["session_id"]
    in_care.ok(in_care.roll(session_id))

    assert in_care.hand_over(code)["code"] == "attendance.code-expired"
    assert refusals(in_care) == [("code-expired", "mum-ann")]


@pytest.mark.clause("P2-102")
def test_a_replaced_code_has_expired(in_care: School):
    old, new = in_care.code(), in_care.code()

    assert in_care.hand_over(old)["code"] == "attendance.code-expired"
    assert in_care.find(old)["reason"] == "attendance.code-expired"
    assert in_care.ok(in_care.hand_over(new))


@pytest.mark.clause("P2-102")
def test_five_wrong_tries_lock_until_the_guardian_issues_a_new_code(in_care: School):
    code = in_care.code()
    tries = [in_care.hand_over(not_code(code))["code"] for _ in range(5)]
    assert set(tries) == {"attendance.wrong-code"}

    assert in_care.hand_over(code)["code"] == "attendance.code-locked"
    assert in_care.find(code)["reason"] == "attendance.code-locked"

    assert in_care.ok(in_care.hand_over(in_care.code()))


def test_a_guard_of_another_school_finds_nothing(in_care: School):
    code = in_care.code()

    assert in_care.hand_over(code, by=STRANGE_GUARD)["kind"] == "unknown"
    reply = in_care.ask("find_code", STRANGE_GUARD, {"school_id": "school"}, code=code)
    assert reply["kind"] == "unknown"
    assert in_care.events("ChildHandedOver", "PickupRefused") == []


def test_a_child_of_another_school_is_unknown_and_leaves_no_trace(in_care: School):
    reply = in_care.ask(
        "hand_over",
        STRANGE_GUARD,
        {"school_id": "another"},
        student_id="ann",
        receiver_id="mum-ann",
        code=in_care.code(),
    )

    assert reply["code"] == "attendance.pupil-unknown"
    assert "another" not in in_care.service.log.heads()


@pytest.mark.parametrize("by", [MUM, OFFICE])
def test_only_the_gate_hands_over(in_care: School, by):
    assert in_care.hand_over("000000", by=by)["code"] == "not-permitted"


def test_a_name_in_place_of_an_id_is_refused(in_care: School):
    assert list(in_care.hand_over("123456", receiver="王姨")["errors"]) == ["receiver_id"]


@pytest.mark.clause("P2-102")
def test_the_guards_own_refusal_is_on_record(in_care: School):
    reply = in_care.ask(
        "refuse_pickup", GUARD, {"school_id": "school"}, student_id="ann", reason="no-code"
    )

    assert in_care.ok(reply) == {"student_id": "ann", "reason": "no-code"}
    assert refusals(in_care) == [("no-code", None)]
    assert in_care.on_board()["ann"] == "present"


def test_refusing_for_an_unknown_child_is_refused(in_care: School):
    reply = in_care.ask(
        "refuse_pickup", GUARD, {"school_id": "school"}, student_id="nobody", reason="no-code"
    )

    assert reply["code"] == "attendance.pupil-unknown"
