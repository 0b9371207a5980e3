"""Checking identity numbers and student numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from services.enrollment.register.roster import identity
from services.enrollment.register.roster.cells import as_text
from services.enrollment.register.roster.refusals import Wrong
from tests.unit.enrollment.roster.files import (
    HEADER,
    csv_file,
    identity_number,
    only_line,
    only_pupil,
    row,
    wrong_checksum,
)

BOY = identity_number(date(2017, 9, 1), 1)
GIRL = identity_number(date(2017, 9, 1), 2)
ENDING_IN_X = next(
    number
    for sequence in range(1, 99)
    if (number := identity_number(date(2017, 9, 1), sequence)).endswith("X")
)


@pytest.mark.parametrize(
    "typed",
    [BOY, f" {BOY} ", f"'{BOY}", f'="{BOY}"', f"\u202d{BOY}\u202c", f"{BOY[:6]} {BOY[6:]}"],
)
def test_an_identity_number_is_read_through_what_surrounds_it(typed):
    assert identity.identity_number(typed) == BOY


@pytest.mark.parametrize("typed", [ENDING_IN_X[:-1] + last for last in "XxＸｘ"])
def test_the_checksum_x_may_be_typed_in_any_way(typed):
    assert identity.identity_number(typed) == ENDING_IN_X


@pytest.mark.parametrize(
    "typed",
    [
        wrong_checksum(BOY),
        BOY[:-1],
        BOY + "0",
        "110101170901001",
        "E12345678",
        "无",
        "0" * 18,
        identity_number().replace("2017", "2O17"),
        "11010120171301001" + "X",
    ],
)
def test_other_identity_numbers_are_refused(typed):
    line = only_line(csv_file(HEADER, row(身份证号=typed)))

    assert (line.code, line.field) == ("roster.identity-number-wrong", "identity_number")


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(1, 999), st.integers(0, 17))
def test_one_mistyped_digit_never_passes(born_on, sequence, position):
    number = identity_number(born_on, sequence)
    assert identity.is_identity_number(number)

    for digit in "0123456789":
        typed = number[:position] + digit + number[position + 1 :]
        assert identity.is_identity_number(typed) == (typed == number)


@pytest.mark.parametrize("birth", ["20170230", "20171301", "00000901"])
def test_a_right_checksum_is_not_enough_without_a_real_birth_date(birth):
    body = f"110101{birth}001"

    assert not identity.is_identity_number(body + ric.calc_check_digit(body + "0"))


def test_a_number_is_exact_up_to_fifteen_digits():
    assert as_text(10**15 - 1, "name") == "9" * 15
    with pytest.raises(Wrong, match="number-not-text"):
        as_text(10**15, "name")


def test_birth_date_and_gender_come_from_the_number_when_not_given():
    pupil = only_pupil(csv_file(HEADER, row(身份证号=GIRL)))

    assert (pupil.gender, pupil.born_on) == ("female", date(2017, 9, 1))


@pytest.mark.parametrize(
    ("cells", "said"), [({"性别": "男"}, "性别"), ({"出生日期": "2017-09-02"}, "出生日期")]
)
def test_a_number_that_contradicts_its_row_is_refused(cells, said):
    line = only_line(csv_file(HEADER, row(身份证号=GIRL, **cells)))

    assert line.code == "roster.identity-number-wrong"
    assert said in line.detail


@pytest.mark.parametrize(
    "number", [f"G{BOY}", f"g{BOY}", "J" + "3" * 18, "L" + "3" * 17 + "X", f"\u202dG{BOY}"]
)
def test_a_student_number_has_a_letter_and_eighteen_characters(number):
    read = only_pupil(csv_file(HEADER, row(学籍号=number))).student_number

    assert read == number.removeprefix("\u202d").upper()


@pytest.mark.parametrize(
    "number", [BOY, f"G{wrong_checksum(BOY)}", f"X{BOY}", f"G{BOY}1", "J123", "L" + "X" * 18]
)
def test_other_student_numbers_are_refused(number):
    line = only_line(csv_file(HEADER, row(学籍号=number)))

    assert (line.code, line.field) == ("roster.student-number-wrong", "student_number")


def test_a_student_number_may_hold_an_older_identity_number():
    assert only_pupil(csv_file(HEADER, row(身份证号=BOY, 学籍号=f"G{GIRL}"))).identity_number == BOY
