"""Recognising classes and grades, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enrollment.register.roster.classes import chinese_number, grade_and_class
from services.enrollment.register.roster.refusals import Wrong


@pytest.mark.parametrize(
    ("class_cell", "grade_cell", "expected"),
    [
        ("三年级2班", None, (3, "三年级2班")),
        ("3年级（2）班", None, (3, "三年级2班")),
        ("三(2)班", None, (3, "三年级2班")),
        ("三（二）班", None, (3, "三年级2班")),
        ("3.2班", None, (3, "三年级2班")),
        ("3-2班", None, (3, "三年级2班")),
        ("302班", None, (3, "三年级2班")),
        (302, 3, (3, "三年级2班")),
        ("三年2班", None, (3, "三年级2班")),
        ("三年级十二班", None, (3, "三年级12班")),
        ("三年级02班", None, (3, "三年级2班")),
        (" 三 年级 ２ 班 ", None, (3, "三年级2班")),
        ("小学三年级【2】班", None, (3, "三年级2班")),
        ("Grade 3 Class 2", None, (3, "三年级2班")),
        ("初一1班", None, (7, "七年级1班")),
        ("初二十班", None, (8, "八年级10班")),
        ("初中三年级（4）班", None, (9, "九年级4班")),
        ("初中七年级4班", None, (7, "七年级4班")),
        ("七年级1班", None, (7, "七年级1班")),
        ("2班", "三年级", (3, "三年级2班")),
        ("（2）班", "3", (3, "三年级2班")),
        (2, 3, (3, "三年级2班")),
        ("2", "初一", (7, "七年级2班")),
        ("三年级2班", "03", (3, "三年级2班")),
        ("2023级2班", "三年级", (3, "三年级2班")),
        ("三年级2班", "2023级", (3, "三年级2班")),
        ("彩虹班", "三年级", (3, "三年级彩虹班")),
        ("三年级彩虹班", None, (3, "三年级彩虹班")),
        ("东校区三年级2班", None, (3, "东校区三年级2班")),
    ],
)
def test_a_class_is_written_one_way(class_cell, grade_cell, expected):
    assert grade_and_class(class_cell, grade_cell) == expected


@pytest.mark.parametrize(
    ("class_cell", "grade_cell", "code"),
    [
        ("", "三年级", "roster.class-missing"),
        (None, None, "roster.class-missing"),
        ("2班", None, "roster.grade-missing"),
        ("彩虹班", None, "roster.grade-missing"),
        ("2023级2班", None, "roster.grade-missing"),
        ("三年级2班", "四年级", "roster.grade-differs"),
        ("高一1班", None, "roster.grade-wrong"),
        ("十年级1班", None, "roster.grade-wrong"),
        ("零年级1班", "0", "roster.grade-wrong"),
        ("2班", "KG", "roster.grade-wrong"),
        ("三年级", None, "roster.class-unreadable"),
        ("三年级", "三年级", "roster.class-unreadable"),
        (3.1, 3, "roster.class-unreadable"),
        ("3.1", "3", "roster.class-unreadable"),
        ("3月2日", "3", "roster.class-unreadable"),
        ("2-Mar", "3", "roster.class-unreadable"),
        (46083, 3, "roster.class-unreadable"),
        ("三年级100班", None, "roster.class-unreadable"),
        ("三年级" + "很" * 40 + "班", None, "roster.class-unreadable"),
    ],
)
def test_what_is_unclear_is_refused(class_cell, grade_cell, code):
    with pytest.raises(Wrong) as wrong:
        grade_and_class(class_cell, grade_cell)

    assert wrong.value.key == code


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 99))
def test_the_one_way_reads_back_as_itself(grade, number):
    digit = "一二三四五六七八九"[grade - 1]

    assert grade_and_class(f"{grade}年级{number}班") == (grade, f"{digit}年级{number}班")
    assert grade_and_class(f"{digit}年级{number}班") == (grade, f"{digit}年级{number}班")


@settings(deadline=None)
@given(st.text(max_size=30), st.sampled_from(["", "3", "初一", "2023级"]))
def test_whatever_is_read_reads_back_as_itself(class_cell, grade_cell):
    try:
        read = grade_and_class(class_cell, grade_cell)
    except Wrong:
        return

    assert grade_and_class(read[1]) == read
    assert read[0] in range(1, 10)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("12", 12),
        ("0", None),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("九十九", 99),
        ("二二", None),
        ("十十", None),
        ("", None),
    ],
)
def test_chinese_numbers_up_to_99(text, number):
    assert chinese_number(text) == number
