"""Refusing files that are no roster, or more than one can bear."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from contextlib import contextmanager
from io import BytesIO

import pytest

from chassis.kernel.errors import BusinessRuleViolation
from services.enrollment.register.roster.archives import Archive
from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.limits import MAX_BYTES
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import (
    HEADER,
    SHARED,
    SHEET,
    csv_file,
    excel_file,
    row,
    swollen_zip,
    unzipped,
    with_sheet,
    xlsx_file,
    zip_file,
)

MEGABYTE = 1024 * 1024
WORKBOOK = excel_file(HEADER, row())
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = csv_file(HEADER, row())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "空的"),
        (b" \r\n\t", "空的"),
        (OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"), "旧格式"),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"<html><table><tr><td>\xd0\xd5\xc3\xfb</td></tr></table></html>", "网页"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "网页"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", r"表头|不是能读的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是能读的"),
        (b"Rar!\x1a\x07\x01\0", "不是能读的"),
        (b"7z\xbc\xaf'\x1c\0\x04", "不是能读的"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "不是能读的"),
        (zip_file({}), "压缩包"),
        (zip_file({"名单.csv": TABLE}), "先解压"),
        (zip_file({"名单.xlsx": WORKBOOK}), "先解压"),
        (zip_file({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"}), "先解压"),
        (zip_file({"xl/workbook.bin": "", "[Content_Types].xml": "<t/>"}), "缺少"),
        (zip_file({"../users.csv": "", "manifest.csv": ""}), "路径"),
        (zip_file({"a/../../users.csv": ""}), "路径"),
        (zip_file({"/etc/users.csv": ""}), "路径"),
        (zip_file({"C:\\users.csv": ""}), "路径"),
        (zip_file({"a\\..\\users.csv": ""}), "路径"),
        (WORKBOOK[:-30], "损坏"),
        (WORKBOOK[: len(WORKBOOK) // 2], "损坏"),
        (b"PK\x03\x04" + b"\0" * 100, "损坏"),
        (with_sheet(WORKBOOK, b"<worksheet><sheetData>"), "损坏"),
        (with_sheet(WORKBOOK, b"no xml"), "损坏"),
        (with_sheet(WORKBOOK, b""), "损坏"),
        (csv_file(HEADER, row()).decode().encode("big5", "replace"), r"表头|不是能读的"),
        (TABLE.replace("王".encode(), b"\xff"), "不是能读的"),
        (TABLE + b"\0", "不是能读的"),
        (TABLE + b'"unclosed,', "第 3 行附近的引号"),
        (csv_file(["a", "b"], ["c", "d"]), "表头"),
        (b"hello", "表头"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(content, message):
    with pytest.raises(UnreadableRoster, match=message) as refusal:
        read_roster(content, "名单.xlsx")

    assert refusal.value.en != refusal.value.zh
    assert refusal.value.code == "enrollment.unreadable-roster"


def test_the_refusal_names_the_file_without_its_control_characters():
    with pytest.raises(UnreadableRoster, match=r"“名单\.xls”是旧格式"):
        read_roster(OLE, "名单\x00\n\u202e.xls")


def test_damaged_utf8_is_not_taken_for_gbk():
    content = csv_file(["name", "class"], *[["王小明", "三年级2班"]] * 3) + b"\xe7\x8e"

    with pytest.raises(UnreadableRoster):
        read_roster(content)


def test_encrypted_zips_are_refused():
    content = bytearray(zip_file({"users.csv": "", "manifest.csv": ""}))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UnreadableRoster, match="密码"):
        read_roster(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_refused(method):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in unzipped(WORKBOOK).items():
            archive.writestr(name, content)

    with pytest.raises(UnreadableRoster):
        read_roster(out.getvalue())


def test_a_part_that_is_there_twice_is_refused():
    out = BytesIO(WORKBOOK)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, "<worksheet/>")

    with pytest.raises(UnreadableRoster, match="损坏"):
        read_roster(out.getvalue())


def test_more_than_20_megabytes_are_refused_before_anything_is_read():
    assert MAX_BYTES == 20 * MEGABYTE
    with pytest.raises(RosterTooLarge, match="20 MB"):
        read_roster(b"PK\x03\x04" + bytes(MAX_BYTES))


@pytest.mark.parametrize("declared", [None, 1_000, 190 * MEGABYTE])
@pytest.mark.parametrize("part", [SHEET, SHARED, "xl/_rels/workbook.xml.rels"])
def test_a_10_megabyte_workbook_that_inflates_to_1100_is_refused_quickly(part, declared):
    members = {name: text for name, text in unzipped(WORKBOOK).items() if name != part}
    members["xl/media/photo.png"] = bytes(9 * MEGABYTE)
    bomb = swollen_zip(members, part, inflated=1_104 * MEGABYTE, declared=declared)
    assert 9 * MEGABYTE < len(bomb) < 11 * MEGABYTE

    with measured() as cost, pytest.raises((RosterTooLarge, UnreadableRoster)):
        read_roster(bomb)

    assert cost["seconds"] < 20
    assert cost["peak_bytes"] < 40 * MEGABYTE


@contextmanager
def measured():
    """Yield a mapping that afterwards tells ``seconds`` and ``peak_bytes``."""
    cost = {}
    tracemalloc.start()
    started = time.perf_counter()
    try:
        yield cost
    finally:
        cost["seconds"] = time.perf_counter() - started
        cost["peak_bytes"] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def test_a_bomb_that_tells_the_truth_is_not_even_begun():
    bomb = swollen_zip({}, "users.csv", inflated=1_104 * MEGABYTE)

    with pytest.raises(RosterTooLarge):
        Archive(bomb)


def test_what_really_comes_out_is_counted_whatever_the_headers_say(monkeypatch):
    archive = Archive(zip_file({"a": bytes(MEGABYTE), "b": bytes(MEGABYTE)}))
    monkeypatch.setattr("services.enrollment.register.roster.archives.MAX_INFLATED_BYTES", MEGABYTE)

    assert len(archive.read("a")) == MEGABYTE
    with pytest.raises(RosterTooLarge):
        archive.read("b")


def test_a_small_file_that_inflates_out_of_proportion_is_refused():
    bomb = swollen_zip({}, "users.csv", inflated=160 * MEGABYTE)

    assert len(bomb) < MEGABYTE
    with pytest.raises(RosterTooLarge):
        Archive(bomb)


def test_a_zip_of_very_many_files_is_refused(monkeypatch):
    monkeypatch.setattr("services.enrollment.register.roster.archives.MAX_MEMBERS", 3)

    with pytest.raises(RosterTooLarge):
        read_roster(zip_file({f"{number}.csv": "" for number in range(4)}))


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", SHARED, "xl/_rels/workbook.xml.rels"])
def test_a_document_type_is_refused_wherever_it_stands(part):
    parts = unzipped(WORKBOOK)
    assert read_roster(zip_file(parts)).lines

    with pytest.raises(UnreadableRoster, match="损坏"):
        read_roster(zip_file({**parts, part: LAUGHS + parts[part]}))


@pytest.mark.parametrize(
    ("sheet", "error", "message"),
    [
        ('<row r="999999999999"/>', UnreadableRoster, "损坏"),
        ('<row r="0"/>', UnreadableRoster, "损坏"),
        ('<row r="2"/><row r="2"/>', UnreadableRoster, "损坏"),
        ('<row r="x"/>', UnreadableRoster, "损坏"),
        ('<row><c r="AAAA1" t="str"><v>x</v></c></row>', UnreadableRoster, "损坏"),
        ('<row><c r="?" t="str"><v>x</v></c></row>', UnreadableRoster, "损坏"),
        ('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', UnreadableRoster, "损坏"),
        ('<row><c r="XFD1" t="str"><v>x</v></c></row>', RosterTooLarge, "100 列"),
        ('<row><c t="s"><v>99</v></c></row>', UnreadableRoster, "损坏"),
        ("<row><c><v>abc</v></c></row>", UnreadableRoster, "损坏"),
        (f'<row><c t="str"><v>{"x" * 40_000}</v></c></row>', RosterTooLarge, "内容过长"),
    ],
)
def test_impossible_cells_are_refused(sheet, error, message):
    with pytest.raises(error, match=message):
        read_roster(with_sheet(WORKBOOK, f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"))


def test_more_cells_than_the_limit_are_refused(monkeypatch):
    content = xlsx_file(HEADER, *[row()] * 30)
    monkeypatch.setattr("services.enrollment.register.roster.workbook.MAX_XML_ELEMENTS", 200)

    with pytest.raises(RosterTooLarge, match="单元格过多"):
        read_roster(content)


def test_a_row_far_down_costs_nothing():
    rows = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"/></sheetData>'

    with pytest.raises(UnreadableRoster, match="表头"):
        read_roster(with_sheet(WORKBOOK, f"<worksheet>{rows}</worksheet>"))


def test_both_refusals_are_business_rules_with_a_kind_the_gateway_knows():
    assert issubclass(UnreadableRoster, BusinessRuleViolation)
    assert (UnreadableRoster.kind, RosterTooLarge.kind) == ("invalid", "too-large")
