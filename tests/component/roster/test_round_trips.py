"""What is written reads back; what openpyxl reads, we read."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.enrollment.register.roster.archives import Archive
from services.enrollment.register.roster.lines import Guardian, Pupil
from services.enrollment.register.roster.oneroster_writer import write_oneroster
from services.enrollment.register.roster.read import read_roster
from services.enrollment.register.roster.worksheets import cells_by_row, shared_texts
from services.enrollment.register.roster.xml_parts import ElementBudget
from tests.unit.enrollment.roster.files import (
    HEADER,
    SHARED,
    SHEET,
    csv_file,
    excel_file,
    identity_number,
    pupils,
    unzipped,
    xlsx_file,
)

RELATIONS = {"father": "父亲", "mother": "母亲", "grandparent": "祖父母", "other": "邻居"}

any_time = settings(deadline=None, max_examples=60)

chinese = st.text("王李张欧阳小明红伟强𬱖〇", min_size=1, max_size=4)
western = st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}", fullmatch=True)
names = st.one_of(chinese, western, st.tuples(chinese, western).map("".join))
phones = st.none() | st.from_regex(r"1[3-9][0-9]{9}|\+852[0-9]{8}", fullmatch=True)
guardians = st.builds(
    Guardian,
    sourced_id=st.none(),
    name=names,
    relation=st.sampled_from(list(RELATIONS)),
    phone=phones,
)
classes = st.one_of(
    st.tuples(st.integers(1, 9), st.integers(1, 30).map("{}班".format)),
    st.tuples(st.integers(1, 9), st.just("彩虹班")),
).map(lambda pair: (pair[0], "一二三四五六七八九"[pair[0] - 1] + "年级" + pair[1]))


@st.composite
def rosters(draw: st.DrawFn) -> list[Pupil]:
    """Draw pupils in rows 2, 3, …, no two with the same number."""
    found = []
    for line in range(2, 2 + draw(st.integers(0, 6))):
        grade, class_name = draw(classes)
        born_on = draw(st.none() | st.dates(date(2008, 1, 1), date(2021, 12, 31)))
        number = identity_number(born_on or date(2017, 9, 1), line * 2 + 1)
        has_number = born_on is not None and draw(st.booleans())
        pupil = Pupil(
            line=line,
            name=draw(names),
            gender="male" if has_number else draw(st.sampled_from([None, "male", "female"])),
            born_on=born_on,
            identity_number=number if has_number else None,
            student_number=draw(st.sampled_from([None, f"G{number}", f"L{line:018}"])),
            grade=grade,
            class_name=class_name,
            guardians=tuple(draw(st.lists(guardians, max_size=2))),
        )
        found.append(pupil)
    return found


def without_sourced_ids(pupil: Pupil) -> Pupil:
    kept = tuple(replace(guardian, sourced_id=None) for guardian in pupil.guardians)
    return replace(pupil, sourced_id=None, guardians=kept)


@any_time
@given(rosters())
def test_oneroster_reads_back_as_the_same_pupils(roster):
    read = read_roster(write_oneroster(roster))

    assert [without_sourced_ids(line) for line in read.lines] == roster
    assert write_oneroster(read.lines) == write_oneroster(roster)


def test_sourced_ids_are_kept_and_shared_guardians_written_once():
    mother = Guardian(sourced_id="g-1", name="李小芳", relation="mother", phone="13900139000")
    pupil = Pupil(
        line=2,
        sourced_id="s-1",
        name="王小明",
        grade=3,
        class_name="三年级2班",
        guardians=(mother,),
    )
    sibling = replace(pupil, line=3, sourced_id="s-2", name="王小红")

    content = write_oneroster([pupil, sibling])

    assert pupils(read_roster(content)) == [pupil, sibling]
    assert unzipped(content)["users.csv"].count("芳".encode()) == 1


def own_table(roster: list[Pupil]) -> list[list[str]]:
    header = [*HEADER[:6], *(f"监护人{n}{part}" for n in "12" for part in ("姓名", "关系", "电话"))]
    return [header, *map(_table_row, roster)]


def _table_row(pupil: Pupil) -> list[str]:
    cells = [
        pupil.name,
        {"male": "男", "female": "女", None: ""}[pupil.gender],
        pupil.born_on.isoformat() if pupil.born_on else "",
        pupil.identity_number or "",
        pupil.student_number or "",
        pupil.class_name,
    ]
    for guardian in pupil.guardians:
        cells += [guardian.name, RELATIONS[guardian.relation], guardian.phone or ""]
    return cells


@any_time
@given(rosters(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_a_table_as_text_reads_back_as_the_same_pupils(roster, encoding):
    assert list(read_roster(csv_file(*own_table(roster), encoding=encoding)).lines) == roster


@any_time
@given(rosters())
def test_a_table_as_workbook_reads_back_as_the_same_pupils(roster):
    assert list(read_roster(xlsx_file(*own_table(roster))).lines) == roster


printable = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
values = st.one_of(
    st.none(),
    st.text(printable, max_size=9),
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300),
)


@any_time
@given(st.lists(st.lists(values, max_size=5), min_size=1, max_size=6))
def test_cells_read_as_openpyxl_reads_them(rows):
    assert_read_alike(xlsx_file(["x"], *rows))
    assert_read_alike(excel_file(["x"], *rows))


def assert_read_alike(content: bytes) -> None:
    """Assert that a workbook has the same cells for us and for openpyxl."""
    archive = Archive(content)
    shared = []
    if SHARED in archive.paths:
        shared = shared_texts(archive.chunks(SHARED), ElementBudget(10_000))

    found = {
        (line, column): cell
        for line, cells in cells_by_row(archive.chunks(SHEET), shared, ElementBudget(10_000))
        for column, cell in enumerate(cells, 1)
        if cell is not None
    }

    sheet = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    assert found == {
        (cell.row, cell.column): cell.value
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value is not None
    }


def test_prefixes_pronunciations_and_missing_references_are_understood():
    """As other programs than Excel write them."""
    sheet = """<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <x:sheetData><x:row>
      <x:c t="inlineStr"><x:is><x:r><x:t>王</x:t></x:r><x:r><x:t>小明</x:t></x:r>
        <x:rPh><x:t>wang</x:t></x:rPh></x:is></x:c>
      <x:c t="str"><x:f>A1</x:f><x:v>三年级_x0032_班</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>
    </x:row></x:sheetData></x:worksheet>"""

    read = list(cells_by_row([sheet.encode()], [], ElementBudget(100)))

    assert read == [(1, ["王小明", "三年级2班", "TRUE"])]
