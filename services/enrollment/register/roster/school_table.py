"""A school's own table, whatever file it came in: a header near the top, a pupil per row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

from services.enrollment.register.roster import classes, identity, values
from services.enrollment.register.roster.cells import as_text
from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.headers import REQUIRED, Header, field_of, header_in
from services.enrollment.register.roster.limits import HEADER_WITHIN, MAX_ROWS
from services.enrollment.register.roster.lines import Guardian, Line, Pupil, Refused
from services.enrollment.register.roster.refusals import Wrong, refused, skipped
from services.enrollment.register.roster.text import Cell, compact

Row: TypeAlias = tuple[int, Sequence[Cell]]
"""A row's number in the file and its cells; cells beyond the last used one are absent."""

DAY_ZERO = date(1899, 12, 30)
EXAMPLE_MARK = "示例"
"""Names in the template begin with this word in brackets."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header was found: what follows the header, still being read."""

    header: Header
    peeked: tuple[Row, ...]
    rest: Iterator[Row]
    day_zero: date = DAY_ZERO

    def has_rows(self) -> bool:
        """Tell whether something is filled in right under the header."""
        return any(not record.is_blank() for record in self._records(self.peeked))

    def records(self) -> Iterator[_Record]:
        """Yield the rows under the header, once."""
        return self._records(chain(self.peeked, self.rest))

    def _records(self, rows: Iterable[Row]) -> Iterator[_Record]:
        for line, cells in rows:
            yield _Record(line, self.header.cells(cells), self.header.seats, self.day_zero)


def find_table(rows: Iterator[Row], *, day_zero: date = DAY_ZERO) -> Table | None:
    """Return the table in ``rows``, None without a header among the first ten."""
    best: Header | None = None
    peeked: list[Row] = []
    for row in rows:
        peeked.append(row)
        if row[0] > HEADER_WITHIN:
            break
        found = header_in(row)
        if found and (best is None or len(found.columns) > len(best.columns)):
            best = found
    if best is None:
        return None
    below = tuple(row for row in peeked if row[0] > best.line)
    return Table(best, below, rows, day_zero)


def read_table(table: Table) -> list[Line]:
    """Return a line for every row of ``table`` that is not blank.

    Raises:
        UnreadableRoster: the header is incomplete.
        RosterTooLarge: more than 50,000 rows are filled in.
    """
    table.header.require_complete()
    lines: list[Line] = []
    for record in table.records():
        if record.is_blank() or record.repeats_header():
            continue
        lines.append(record.read())
        if len(lines) > MAX_ROWS:
            raise RosterTooLarge("rows", max_rows=MAX_ROWS)
    return _distrust_rounded(lines)


def no_header() -> UnreadableRoster:
    """Return the refusal of a table without a header."""
    return UnreadableRoster("no-header", header_within=HEADER_WITHIN)


@dataclass(frozen=True, slots=True)
class _Record:
    """One row by field: the first filled cell among the columns of each."""

    line: int
    cells: Mapping[str, Cell]
    seats: Sequence[str]
    day_zero: date

    def is_blank(self) -> bool:
        """Tell whether every column we know is empty, whatever a running number says."""
        return not self.cells

    def repeats_header(self) -> bool:
        """Tell whether this is the header again, as at the top of each printed page."""
        return all(field_of(str(self.cells.get(field, ""))) == field for field in REQUIRED)

    def read(self) -> Line:
        try:
            if compact(str(self.cells.get("name", ""))).startswith(f"({EXAMPLE_MARK})"):
                return skipped(self.line, "roster.example-row")
            return self._pupil()
        except Wrong as wrong:
            return refused(self.line, wrong)

    def _pupil(self) -> Pupil:
        name = values.name(self.cells.get("name"))
        if not name:
            raise Wrong("roster.name-missing", "name")
        grade, class_name = classes.grade_and_class(
            self.cells.get("class_name"), self.cells.get("grade")
        )
        person = identity.person(
            number=self._identity_number(),
            gender=values.gender(self.cells.get("gender")),
            born_on=values.birth_date(self.cells.get("born_on"), day_zero=self.day_zero),
        )
        return Pupil(
            line=self.line,
            name=name,
            gender=person.gender,
            born_on=person.born_on,
            identity_number=person.number,
            student_number=identity.student_number(self.cells.get("student_number")),
            grade=grade,
            class_name=class_name,
            guardians=tuple(filter(None, map(self._guardian, self.seats))),
        )

    def _identity_number(self) -> str | None:
        kind = as_text(self.cells.get("identity_type"), "identity_type")
        if kind and kind not in identity.RESIDENT_CARDS:
            return None
        return identity.identity_number(self.cells.get("identity_number"))

    def _guardian(self, seat: str) -> Guardian | None:
        name = values.name(self.cells.get(f"guardian.{seat}.name"), "guardian_name")
        phone = values.phone(self.cells.get(f"guardian.{seat}.phone"))
        stated = as_text(self.cells.get(f"guardian.{seat}.relation"), "guardian_relation")
        if not name and not phone:
            return None
        if not name:
            raise Wrong("roster.guardian-name-missing", "guardian_name")
        relation = values.relation(stated or seat)
        return Guardian(name=name, relation=relation, phone=phone)


def _distrust_rounded(lines: list[Line]) -> list[Line]:
    """Refuse identity numbers ending in 000 once the file shows that a spreadsheet rounded some.

    One rounded number in eleven has a right checksum by chance, and would name someone else.
    """
    rounded = Wrong("roster.number-not-text", "identity_number")
    if not any(
        isinstance(line, Refused) and (line.code, line.field) == (rounded.key, rounded.field)
        for line in lines
    ):
        return lines
    return [
        refused(line.line, rounded)
        if isinstance(line, Pupil) and identity.looks_rounded(line.identity_number)
        else line
        for line in lines
    ]
