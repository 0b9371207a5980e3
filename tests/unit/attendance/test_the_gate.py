"""Codes and hand-overs through the service: what leaves, what is refused, what is on record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.attendance.school import (
    DAD,
    GUARD,
    MUM,
    MUM_OF_BEN,
    OFFICE,
    STRANGE_GUARD,
    TEACHER,
    School,
)


@pytest.fixture
def in_care(school: School) -> School:
    school.in_care()
    return school


def refusals(school: School) -> list[tuple[str, str | None]]:
    return [(e["reason"], e["receiver_id"]) for e in school.events("PickupRefused")]


def find(school: School, code: str, by: Any = GUARD) -> dict[str, Any]:
    return school.ok(school.ask("find_code", by, {"school_id": "school"}, code=code))


def authorise(school: School, name: str = "王姨", by: Any = MUM, **terms: Any) -> dict[str, Any]:
    adult = {"name": name, "relation": "relative", "phone": "138 0000-0000"} | terms
    return school.ok(school.ask("authorise_pickup", by, {"student_id": "ann"}, **adult))


def revoke(school: School, authorisation_id: str, by: Any = MUM) -> Any:
    return school.ask("revoke_pickup", by, {"authorisation_id": authorisation_id})


def not_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


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


def test_full_width_digits_and_spaces_are_the_same_code(in_care: School):
    code = in_care.code()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert in_care.ok(in_care.hand_over(f" {wide[:3]} {wide[3:]}"))


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
    aunt = authorise(in_care)
    code = in_care.code(receiver=aunt["receiver_id"])
    assert in_care.ok(revoke(in_care, aunt["authorisation_id"]))["state"] == "revoked"

    reply = in_care.hand_over(code, receiver=aunt["receiver_id"])

    assert reply["code"] == "attendance.receiver-revoked"
    assert refusals(in_care) == [("receiver-revoked", aunt["receiver_id"])]
    assert find(in_care, code)["reason"] == "attendance.receiver-revoked"


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
    assert find(in_care, old)["reason"] == "attendance.code-expired"
    assert in_care.ok(in_care.hand_over(new))


@pytest.mark.clause("P2-102")
def test_five_wrong_tries_lock_until_the_guardian_issues_a_new_code(in_care: School):
    code = in_care.code()
    tries = [in_care.hand_over(not_code(code))["code"] for _ in range(5)]
    assert set(tries) == {"attendance.wrong-code"}

    assert in_care.hand_over(code)["code"] == "attendance.code-locked"
    assert find(in_care, code)["reason"] == "attendance.code-locked"

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


def test_a_code_says_at_once_who_comes_for_whom(in_care: School):
    aunt = authorise(in_care, name="王姨")
    code = in_care.code(receiver=aunt["receiver_id"])

    found = find(in_care, code)

    assert found["ok"]
    assert (found["student_id"], found["class_id"]) == ("ann", "c1")
    assert (found["receiver_name"], found["relation"]) == ("王姨", "relative")


def test_a_code_of_a_child_not_in_care_says_why_not(school: School):
    found = find(school, school.code())

    assert (found["ok"], found["reason"]) == (False, "attendance.not-in-care")
    assert found["student_id"] == "ann"


def test_an_unknown_code_shows_nobody(in_care: School):
    found = find(in_care, not_code(in_care.code()))

    assert (found["ok"], found["reason"]) == (False, "attendance.code-unknown")
    assert found["student_id"] is None


def test_no_code_is_live_twice_in_a_school(in_care: School, monkeypatch):
    draws = iter([7, 7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(draws))

    assert in_care.code() == "000007"
    assert in_care.code("ben", "mum-ben", MUM_OF_BEN) == "000008"


def live(school: School, by: Any = MUM, student: str = "ann") -> list[tuple[str, str]]:
    reply = school.ok(school.ask("get_pickup_code", by, {"student_id": student}))
    return [(item["receiver_id"], item["code"]) for item in reply["items"]]


def test_guardians_see_the_live_codes_until_they_are_used(in_care: School):
    in_care.code()
    dads, mums = in_care.code(receiver="dad-ann"), in_care.code()
    assert live(in_care) == live(in_care, DAD) == [("mum-ann", mums), ("dad-ann", dads)]

    in_care.ok(in_care.hand_over(mums))
    assert live(in_care) == []


def test_no_code_shows_on_the_next_day(in_care: School):
    in_care.code()
    in_care.at("2026-09-02T00:00")

    assert live(in_care) == []


def test_digits_are_in_no_event_no_stored_reply_and_no_plain_row(in_care: School):
    code = in_care.ok(
        in_care.ask(
            "issue_pickup_code",
            MUM,
            {"student_id": "ann"},
            context={"idempotency_key": "k"},
            receiver_id="mum-ann",
        )
    )["code"]

    with in_care.service.database.read() as connection:
        for table in ("outcomes", "vault", "pickup_codes"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows
            assert f":{code}" not in str(rows)
            assert f'"{code}"' not in str(rows)
    assert code not in [event.get("code_hash") for event in in_care.events()]


def test_a_repeated_issue_shows_the_same_digits(in_care: School):
    def issue() -> Any:
        return in_care.ask(
            "issue_pickup_code",
            MUM,
            {"student_id": "ann"},
            context={"idempotency_key": "k"},
            receiver_id="mum-ann",
        )

    assert issue() == issue()
    in_care.code()
    assert issue()["body"]["code"] is None


@pytest.mark.parametrize(("by", "student"), [(MUM_OF_BEN, "ann"), (MUM, "ben"), (MUM, "nobody")])
def test_a_guardian_reaches_the_own_child_only(in_care: School, by, student):
    for operation in ("get_pickup_code", "list_pickup_authorisations", "child_today"):
        assert in_care.ask(operation, by, {"student_id": student})["kind"] == "unknown"
    reply = in_care.ask("issue_pickup_code", by, {"student_id": student}, receiver_id="mum-ann")
    assert reply["kind"] == "unknown"


def listed(school: School, by: Any) -> dict[str, dict[str, Any]]:
    reply = school.ask("list_pickup_authorisations", by, {"student_id": "ann"})
    return {item["receiver_id"]: item for item in school.ok(reply)["items"]}


def test_guardians_may_fetch_without_being_asked_for(school: School):
    items = listed(school, MUM)

    assert {(i["relation"], i["guardian"], i["state"]) for i in items.values()} == {
        ("mother", True, "valid"),
        ("father", True, "valid"),
    }


def test_an_adult_is_authorised_once_and_the_gate_sees_no_phone(school: School):
    aunt = authorise(school)

    assert authorise(school)["authorisation_id"] == aunt["authorisation_id"]
    mums, guards = (listed(school, by)[aunt["receiver_id"]] for by in (MUM, GUARD))
    assert (mums["name"], mums["phone"]) == ("王姨", "13800000000")
    assert (guards["name"], guards["phone"]) == ("王姨", None)
    assert "王姨" not in str(school.events())


def test_the_same_name_with_another_phone_is_another_adult(school: School):
    first, second = authorise(school), authorise(school, phone="13900000000")

    assert first["receiver_id"] != second["receiver_id"]


def test_an_adult_for_one_week_gets_no_code_after_it(school: School):
    aunt = authorise(school, valid_to="2026-09-04")
    school.at("2026-09-05T12:00")

    reply = school.ask(
        "issue_pickup_code", MUM, {"student_id": "ann"}, receiver_id=aunt["receiver_id"]
    )

    assert reply["code"] == "attendance.receiver-not-authorised"


def test_a_guardian_is_struck_off_by_the_school_only(school: School):
    dads = listed(school, MUM)["dad-ann"]["authorisation_id"]

    assert revoke(school, dads)["code"] == "attendance.guardian-stays"
    assert revoke(school, dads, replace(OFFICE, school_id="another"))["kind"] == "unknown"
    assert school.ok(revoke(school, dads, OFFICE))["state"] == "revoked"
    assert listed(school, MUM)["dad-ann"]["state"] == "revoked"


def test_nobody_revokes_what_is_not_theirs(school: School):
    aunt = authorise(school)

    assert revoke(school, aunt["authorisation_id"], MUM_OF_BEN)["kind"] == "unknown"
    assert revoke(school, "no-such", MUM)["kind"] == "unknown"


def today(school: School) -> dict[str, Any]:
    return school.ok(school.ask("child_today", MUM, {"student_id": "ann"}))


def test_the_guardian_follows_the_childs_day(school: School):
    assert today(school)["status"] == "none"

    session_id = school.ok(school.open())["session_id"]
    assert (today(school)["status"], today(school)["session_id"]) == ("expected", session_id)

    school.ok(school.roll(session_id))
    assert today(school)["status"] == "present"
    assert today(school)["responsible_id"] == "teacher-1"

    aunt = authorise(school)
    code = school.code(receiver=aunt["receiver_id"])
    school.ok(school.hand_over(code, receiver=aunt["receiver_id"]))
    assert today(school)["status"] == "handed_over"
    assert today(school)["receiver_name"] == "王姨"
