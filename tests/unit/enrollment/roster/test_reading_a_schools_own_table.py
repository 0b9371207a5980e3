"""Reading a school's own table, as .xlsx and as text."""

from __future__ import annotations

from datetime import date

import pytest

from services.enrollment.register.roster.errors import RosterTooLarge
from services.enrollment.register.roster.lines import Guardian, Pupil
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import (
    HEADER,
    codes,
    comma_separated,
    csv_file,
    excel_file,
    identity_number,
    only_line,
    only_pupil,
    pupils,
    row,
    xlsx_file,
)

NUMBER = identity_number()
FULL = row(
    性别="男",
    出生日期="2017-09-01",
    身份证号=NUMBER,
    学籍号=f"G{NUMBER}",
    监护人姓名="王大明",
    关系="父亲",
    联系电话="13800138000",
)
PUPIL = Pupil(
    line=2,
    name="王小明",
    gender="male",
    born_on=date(2017, 9, 1),
    identity_number=NUMBER,
    student_number=f"G{NUMBER}",
    grade=3,
    class_name="三年级2班",
    guardians=(Guardian(name="王大明", relation="father", phone="13800138000"),),
)


SAME_TABLE = {
    "utf-8": csv_file(HEADER, FULL),
    "utf-8 with a mark": csv_file(HEADER, FULL, encoding="utf-8-sig"),
    "gbk": csv_file(HEADER, FULL, encoding="gbk"),
    "gb18030": csv_file(HEADER, FULL, encoding="gb18030"),
    "utf-16 little-endian": csv_file(HEADER, FULL, encoding="utf-16"),
    "utf-16 big-endian": b"\xfe\xff" + csv_file(HEADER, FULL, encoding="utf-16-be"),
    "semicolons": comma_separated([HEADER, FULL], ";").encode(),
    "tabs in utf-16": comma_separated([HEADER, FULL], "\t").encode("utf-16"),
    "tabs in gbk": comma_separated([HEADER, FULL], "\t").encode("gbk"),
    "old line ends": comma_separated([HEADER, FULL]).replace("\r\n", "\r").encode(),
    "xlsx": xlsx_file(HEADER, FULL),
    "xlsx from Excel": excel_file(HEADER, FULL),
}


@pytest.mark.parametrize("content", SAME_TABLE.values(), ids=SAME_TABLE)
def test_the_same_table_reads_the_same_from_every_kind_of_file(content):
    assert only_pupil(content) == PUPIL


def test_the_kind_is_told_from_the_content_and_not_from_the_name():
    assert read_roster(xlsx_file(HEADER, FULL), "名单.csv").kind == "xlsx"
    assert read_roster(csv_file(HEADER, FULL), "名单.xlsx").kind == "csv"


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_blank_rows_end_nothing_and_shift_no_row_number(make):
    blank = [""] * len(HEADER)
    spaces = [" ", "\u3000", "\u200b"]

    roster = read_roster(make(HEADER, blank, row("王小明"), blank, spaces, blank, row("李小红")))

    assert [(pupil.line, pupil.name) for pupil in pupils(roster)] == [(3, "王小明"), (7, "李小红")]
    assert codes(roster) == []


def test_rows_with_only_a_running_number_are_blank():
    content = csv_file(["序号", *HEADER], [1, *row()], [2, *[""] * len(HEADER)], [3])

    assert len(read_roster(content).lines) == 1


def test_pupils_may_share_a_name_and_a_class():
    roster = read_roster(csv_file(HEADER, row("王伟"), row("王伟"), row("王伟")))

    assert [pupil.name for pupil in pupils(roster)] == ["王伟"] * 3


def test_reading_twice_gives_the_same():
    content = xlsx_file(HEADER, FULL, row("李小红"), row(""))

    assert read_roster(content) == read_roster(content)


@pytest.mark.parametrize(
    ("again", "code"),
    [
        (row("王小明", 身份证号=NUMBER), "roster.duplicate-line"),
        (row("王晓明", 学籍号=f"G{NUMBER}"), "roster.duplicate-line"),
    ],
)
def test_a_number_may_stand_in_one_row_only(again, code):
    roster = read_roster(csv_file(HEADER, FULL, row("李小红"), again))

    assert codes(roster) == [(4, code)]
    assert "第 2 行" in roster.lines[-1].detail


def test_a_refused_row_does_not_make_the_corrected_one_a_duplicate():
    refused = row("", 身份证号=NUMBER)

    assert len(pupils(read_roster(csv_file(HEADER, refused, FULL)))) == 1


def test_one_wrong_row_costs_no_other():
    rows = [row("甲"), row(""), row("乙", 出生日期="某天"), row("丙", "不是班级3"), row("丁")]

    roster = read_roster(csv_file(HEADER, *rows))

    assert [pupil.name for pupil in pupils(roster)] == ["甲", "丁"]
    assert codes(roster) == [
        (3, "roster.name-missing"),
        (4, "roster.date-unreadable"),
        (5, "roster.class-unreadable"),
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  王小明 ", "王小明"),
        ("王　明", "王明"),
        ("王\u200b小\ufeff明", "王小明"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("Ａｎｎａ　Lee", "Anna Lee"),
        ("王小明\n(转学)", "王小明 (转学)"),
    ],
)
def test_names_are_tidied(typed, read):
    assert only_pupil(csv_file(HEADER, row(typed))).name == read


def test_cells_with_line_breaks_keep_the_row_numbers_of_a_spreadsheet():
    roster = read_roster(csv_file(HEADER, row("王小明", 关系="父\n亲"), row("李小红")))

    assert [pupil.line for pupil in pupils(roster)] == [2, 3]


@pytest.mark.parametrize("typed", ["1.10101E+17", "1.10101201709010E+17", "110101201709010000"])
def test_an_identity_number_a_spreadsheet_has_rounded_is_refused_with_the_cure(typed):
    line = only_line(csv_file(HEADER, row(身份证号=typed)))

    assert line.code == "roster.number-not-text"


def test_rounded_numbers_with_a_lucky_checksum_are_refused_too():
    lucky = next(
        number
        for sequence in range(100, 1000, 100)
        for day in range(1, 29)
        if (number := identity_number(date(2017, 9, day), sequence)).endswith("000")
    )
    rounded = "110101201709010000"

    alone = read_roster(csv_file(HEADER, row(身份证号=lucky)))
    among_rounded = read_roster(csv_file(HEADER, row(身份证号=lucky), row(身份证号=rounded)))

    assert len(pupils(alone)) == 1
    assert codes(among_rounded) == [(2, "roster.number-not-text"), (3, "roster.number-not-text")]


def test_a_formula_error_in_a_cell_is_refused():
    assert only_line(csv_file(HEADER, row("#N/A"))).code == "roster.cell-error"


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr("services.enrollment.register.roster.school_table.MAX_ROWS", 3)

    assert len(read_roster(csv_file(HEADER, *[row()] * 3)).lines) == 3
    with pytest.raises(RosterTooLarge, match="3 行"):
        read_roster(csv_file(HEADER, *[row()] * 4))


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_more_columns_than_the_limit_are_refused(make):
    assert only_pupil(make([*HEADER, *["备注"] * 91], [*row(), *["x"] * 91])).name == "王小明"
    with pytest.raises(RosterTooLarge, match="100 列"):
        read_roster(make([*HEADER, *["备注"] * 92], row()))


def test_the_guardians_of_a_row_come_in_order_with_their_relations():
    header = ["姓名", "班级", "监护人1姓名", "监护人1关系", "监护人1电话", "母亲姓名", "母亲电话"]
    cells = ["王小明", "三年级2班", "王爷爷", "爷爷", "0592-5551234", "李小芳", "+86 139 0013 9000"]

    assert only_pupil(csv_file(header, cells)).guardians == (
        Guardian(name="王爷爷", relation="grandparent", phone="0592-5551234"),
        Guardian(name="李小芳", relation="mother", phone="13900139000"),
    )


def test_a_phone_without_a_name_is_refused():
    line = only_line(csv_file(HEADER, row(联系电话="13800138000")))

    assert (line.code, line.field) == ("roster.guardian-name-missing", "guardian_name")


def test_a_chosen_relation_alone_makes_no_guardian():
    assert only_pupil(csv_file(HEADER, row(关系="父亲"))).guardians == ()


def test_a_foreign_document_number_is_left_out_and_the_child_let_in():
    header = ["姓名", "班级", "证件类型", "证件号码"]

    pupil = only_pupil(csv_file(header, ["陈安娜", "三年级2班", "护照", "E12345678"]))
    refused = only_line(csv_file(header, ["陈安娜", "三年级2班", "居民身份证", "E12345678"]))

    assert pupil.identity_number is None
    assert refused.code == "roster.identity-number-wrong"


def test_what_identifies_a_person_stays_out_of_repr():
    shown = repr(only_pupil(csv_file(HEADER, FULL)))

    assert all(secret not in shown for secret in ("王", NUMBER, "13800138000", "2017"))


@pytest.mark.parametrize("heading", HEADER)
def test_no_verdict_repeats_what_a_cell_holds(heading):
    cells = row(**{heading: "张三110101199001011234"})
    lines = read_roster(csv_file(HEADER, cells, row())).lines

    assert all("110101" not in getattr(line, "detail", "") for line in lines)
    assert all("110101" not in getattr(line, "en", "") for line in lines)
