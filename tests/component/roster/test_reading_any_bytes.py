"""Whatever is uploaded, the answer is a roster or one of the two refusals."""

from __future__ import annotations

import zlib

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.lines import Pupil, Refused, Roster, Skipped
from services.enrollment.register.roster.oneroster_writer import write_oneroster
from services.enrollment.register.roster.read import read_roster
from services.enrollment.register.roster.refusals import CODES
from tests.unit.enrollment.roster.files import (
    HEADER,
    SHARED,
    SHEET,
    comma_separated,
    csv_file,
    excel_file,
    row,
    unzipped,
    zip_file,
)

WORKBOOK = excel_file(HEADER, row(), row("李小红", 出生日期="2017-09-01"))
ONE_ROSTER = write_oneroster(
    [Pupil(line=2, name="王小明", grade=3, class_name="三年级2班", student_number="L" + "1" * 18)]
)
TABLE = csv_file(HEADER, row(), row("李小红"))
STARTS = [b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xd0\xcf\x11\xe0", b"<"]

any_time = settings(deadline=None)
many_examples = settings(deadline=None, max_examples=250)

mutations = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.binary(max_size=4), st.integers(0, 8)), max_size=6
)


def mutated(content: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    """Return ``content`` with, at each place, some bytes taken out and others put in."""
    for place, put_in, taken_out in changes:
        at = place % (len(content) + 1)
        content = content[:at] + put_in + content[at + taken_out :]
    return content


def answer(content: bytes, filename: str | None = None) -> Roster | None:
    try:
        roster = read_roster(content, filename)
    except (UnreadableRoster, RosterTooLarge):
        return None
    lines = [line.line for line in roster.lines]
    assert lines == sorted(set(lines)), "at most one line per row, in their order"
    for line in roster.lines:
        assert isinstance(line, Pupil | Refused | Skipped)
        assert isinstance(line, Pupil) or line.code in CODES
        assert not isinstance(line, Pupil) or (line.name and line.grade in range(1, 10))
    return roster


@any_time
@given(st.sampled_from(STARTS), st.binary(max_size=400), st.none() | st.text(max_size=20))
def test_any_bytes(start, content, filename):
    answer(start + content, filename)


@any_time
@given(st.text(max_size=400), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text(text, encoding):
    answer(text.encode(encoding, errors="ignore"))


TYPED = ["三年级2班", "初一", "男", "2017-09-01", "138", "1E+17", "=1", '"', "(", "#N/A", "示例"]
cells = st.text(max_size=12) | st.sampled_from(TYPED)


@any_time
@given(st.lists(st.lists(cells, max_size=12), max_size=5), st.sampled_from(",;\t"))
def test_any_cells_under_a_header(rows, delimiter):
    answer(comma_separated([HEADER, *rows], delimiter).encode("utf-8", errors="ignore"))


@any_time
@given(mutations)
def test_any_change_to_a_table(changes):
    answer(mutated(TABLE, changes))


@many_examples
@given(mutations)
@example([(0, b"", 0)])
def test_any_change_to_a_workbook(changes):
    answer(mutated(WORKBOOK, changes))


@many_examples
@given(mutations)
def test_any_change_to_a_oneroster_zip(changes):
    answer(mutated(ONE_ROSTER, changes))


PARTS = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]


@many_examples
@given(st.sampled_from([*PARTS, SHARED, SHEET]), mutations)
def test_any_change_to_a_part_of_a_workbook(part, changes):
    parts = unzipped(WORKBOOK)

    answer(zip_file({**parts, part: mutated(parts[part], changes)}))


@many_examples
@given(st.sampled_from(sorted(unzipped(ONE_ROSTER))), mutations)
def test_any_change_to_a_file_of_a_oneroster_zip(name, changes):
    files = unzipped(ONE_ROSTER)

    answer(zip_file({**files, name: mutated(files[name], changes)}))


@any_time
@given(st.binary(max_size=200))
def test_any_deflated_stream_behind_a_right_header(stream):
    content = bytearray(zip_file({"users.csv": b"x" * 300, "manifest.csv": b""}))
    compressed = zlib.compressobj(9, zlib.DEFLATED, -15)
    original = compressed.compress(b"x" * 300) + compressed.flush()
    at = content.index(original)
    content[at : at + len(original)] = (stream + original)[: len(original)]

    answer(bytes(content))
