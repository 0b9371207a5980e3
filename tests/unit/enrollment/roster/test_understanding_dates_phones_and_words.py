"""Understanding birth dates, phones, genders and relations as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enrollment.register.roster import values
from services.enrollment.register.roster.refusals import Wrong
from tests.unit.enrollment.roster.files import (
    HEADER,
    csv_file,
    only_line,
    row,
)


@pytest.mark.parametrize(
    "typed",
    [
        "2017-09-01",
        "2017/9/1",
        "2017.9.1",
        "20170901",
        "2017年9月1日",
        "2017年09月01日",
        "２０１７－０９－０１",
        "2017 年 9 月 1 日",
        "2017-09-01 00:00:00",
        "2017-09-01T00:00",
        "42979",
    ],
)
def test_a_birth_date_may_be_written_in_many_ways(typed):
    assert values.birth_date(typed) == date(2017, 9, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "2017-02-30",
        "2017-13-01",
        "1/9/2017",
        "9/1/17",
        "17-09-01",
        "2017-09",
        "2017",
        "九月",
        "1017-09-01",
        "2177-09-01",
        "99999",
        "0",
        "-42979",
    ],
)
def test_other_birth_dates_are_refused(typed):
    with pytest.raises(Wrong, match="date-unreadable"):
        values.birth_date(typed)


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_back(day):
    serial = (day - date(1899, 12, 30)).days

    for typed in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        serial,
    ):
        assert values.birth_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("13800138000.0", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0592-5551234", "0592-5551234"),
        ("(010) 6655 4433", "010-66554433"),
        ("+86 592 5551234", "0592-5551234"),
        ("+852 9123 4567", "+85291234567"),
        ("", None),
        (None, None),
    ],
)
def test_a_phone_number_is_written_one_way(typed, read):
    assert values.phone(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "1380013800",
        "138001380000",
        "12800138000",
        "13800138000/13900139000",
        "5551234",
        "无",
        "+86123",
        "٣٨٠٠١٣٨٠٠٠",
        "1380013800٣",
    ],
)
def test_other_phone_numbers_are_refused(typed):
    line = only_line(csv_file(HEADER, row(监护人姓名="王大明", 联系电话=typed)))

    assert (line.code, line.field) == ("roster.phone-wrong", "phone")


@settings(deadline=None)
@given(st.text(max_size=20))
def test_whatever_phone_is_read_reads_back_as_itself(typed):
    try:
        read = values.phone(typed)
    except Wrong:
        return

    assert values.phone(read) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("男", "male"),
        ("女", "female"),
        ("M", "male"),
        ("Female", "female"),
        ("1", "male"),
        (2, "female"),
        ("", None),
        ("未知", None),
        (None, None),
    ],
)
def test_genders(typed, read):
    assert values.gender(typed) == read


def test_another_gender_is_refused():
    assert only_line(csv_file(HEADER, row(性别="三年级"))).code == "roster.gender-unreadable"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("父亲", "father"),
        ("妈妈", "mother"),
        ("母子关系", "mother"),
        ("外婆", "grandparent"),
        ("家长", "parent"),
        ("监护人", "guardian"),
        ("舅舅", "relative"),
        ("邻居", "other"),
    ],
)
def test_relations(typed, read):
    assert values.relation(typed) == read
