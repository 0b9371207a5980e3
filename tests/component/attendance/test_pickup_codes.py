"""Codes through the service: who sees the digits, and what they say at the gate."""

from __future__ import annotations

from typing import Any

import pytest

from tests.component.attendance.school import (
    DAD,
    MUM,
    MUM_OF_BEN,
    School,
    not_code,
)


def test_a_code_says_at_once_who_comes_for_whom(in_care: School):
    aunt = in_care.authorise(name="王姨")
    code = in_care.code(receiver=aunt["receiver_id"])

    found = in_care.find(code)

    assert found["ok"]
    assert (found["student_id"], found["class_id"]) == ("ann", "c1")
    assert (found["receiver_name"], found["relation"]) == ("王姨", "relative")


def test_a_code_of_a_child_not_in_care_says_why_not(school: School):
    found = school.find(school.code())

    assert (found["ok"], found["reason"]) == (False, "attendance.not-in-care")
    assert found["student_id"] == "ann"


def test_an_unknown_code_shows_nobody(in_care: School):
    found = in_care.find(not_code(in_care.code()))

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


def test_full_width_digits_and_spaces_are_the_same_code(in_care: School):
    code = in_care.code()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert in_care.ok(in_care.hand_over(f" {wide[:3]} {wide[3:]}"))
