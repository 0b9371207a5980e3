"""Recognising the header of a school's own table."""

from __future__ import annotations

import pytest

from services.enrollment.register.roster.errors import UnreadableRoster
from services.enrollment.register.roster.headers import field_of
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import (
    HEADER,
    comma_separated,
    csv_file,
    only_pupil,
    pupils,
    row,
    xlsx_file,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"),
        ("学生姓名", "name"),
        ("姓　名", "name"),
        ("*姓名（必填）", "name"),
        ("Name", "name"),
        ("Student Name", "name"),
        ("性别", "gender"),
        ("出生日期(yyyy-mm-dd)", "born_on"),
        ("Date of Birth", "born_on"),
        ("身份证件号", "identity_number"),
        ("证件号码", "identity_number"),
        ("identity_number", "identity_number"),
        ("身份证件类型", "identity_type"),
        ("全国学籍号", "student_number"),
        ("年级", "grade"),
        ("班级名称", "class_name"),
        ("监护人", "guardian.1.name"),
        ("家长姓名", "guardian.1.name"),
        ("监护人1姓名", "guardian.1.name"),
        ("监护人（2）姓名", "guardian.2.name"),
        ("第二监护人姓名", "guardian.2.name"),
        ("监护人二联系电话", "guardian.2.phone"),
        ("家长姓名3", "guardian.3.name"),
        ("与学生关系", "guardian.1.relation"),
        ("关系2", "guardian.2.relation"),
        ("联系电话", "guardian.1.phone"),
        ("手机", "guardian.1.phone"),
        ("Guardian 2 Phone", "guardian.2.phone"),
        ("父亲姓名", "guardian.father.name"),
        ("妈妈手机号", "guardian.mother.phone"),
    ],
)
def test_a_heading_names_a_field(heading, field):
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["", "序号", "备注", "学号", "姓名拼音", "班主任", "地址2"])
def test_other_headings_name_none(heading):
    assert field_of(heading) is None


@pytest.mark.parametrize("order", [HEADER, HEADER[::-1], [*HEADER[4:], *HEADER[:4]]])
def test_columns_may_stand_in_any_order(order):
    cells = dict(zip(HEADER, row(性别="女", 监护人姓名="王大明", 关系="父亲"), strict=True))

    pupil = only_pupil(csv_file(order, [cells[heading] for heading in order]))

    assert (pupil.name, pupil.gender, pupil.class_name) == ("王小明", "female", "三年级2班")


@pytest.mark.parametrize("above", [0, 1, 9])
@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_the_header_is_found_within_ten_rows(make, above):
    titles = [["某某小学名单"], [], ["填表人：", "王老师"], *[["说明"]] * 6][:above]

    assert only_pupil(make(*titles, HEADER, row())).line == above + 2


def test_a_header_below_the_tenth_row_is_not_looked_for():
    with pytest.raises(UnreadableRoster, match="前 10 行"):
        read_roster(csv_file(*[["标题"]] * 10, HEADER, row()))


def test_of_several_rows_that_could_be_the_header_the_fullest_is():
    assert only_pupil(csv_file(["学生", "班级", "登记表"], HEADER, row())).line == 3


def test_the_line_that_names_the_delimiter_is_a_title_like_any_other():
    assert only_pupil(("sep=;\r\n" + comma_separated([HEADER, row()], ";")).encode()).line == 3


def test_the_header_may_come_again_on_every_page():
    roster = read_roster(csv_file(HEADER, row("甲"), HEADER, row("乙")))

    assert [pupil.line for pupil in pupils(roster)] == [2, 4]
    assert len(roster.lines) == 2


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["姓名", "性别"], "班级"),
        (["姓名", "班级", "学生姓名"], "第 1、3 列"),
        (["年级", "班级"], "没有找到表头"),
        (["甲", "乙"], "没有找到表头"),
    ],
)
def test_a_table_without_a_clear_header_is_refused_by_name(header, message):
    with pytest.raises(UnreadableRoster, match=message):
        read_roster(csv_file(header, ["王小明", "三年级2班"]))


def test_of_two_phone_columns_the_first_that_is_filled_counts():
    header = ["姓名", "班级", "家长姓名", "联系电话", "手机"]
    content = csv_file(header, ["王小明", "三年级2班", "王大明", "", "13800138000"])

    assert only_pupil(content).guardians[0].phone == "13800138000"


def test_a_header_without_pupils_is_an_empty_roster():
    assert read_roster(xlsx_file(HEADER)).lines == ()
