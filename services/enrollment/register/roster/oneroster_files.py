"""The files of a OneRoster 1.2 CSV zip as records, and what they say about each other."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.enrollment.register.roster.archives import Archive
from services.enrollment.register.roster.delimited import rows
from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.limits import MAX_ONEROSTER_RECORDS, MAX_USERS
from services.enrollment.register.roster.text import tidied, tidy


class Record:
    """One record by column, in tidied text; a column that is blank or not there reads as "".

    The records of a file share ``places``, since a large school has hundreds of thousands.
    """

    __slots__ = ("_cells", "_places")

    def __init__(self, places: Mapping[str, int], cells: tuple[str, ...]) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        try:
            return self._cells[self._places[column]]
        except KeyError:
            return ""


BLANK: Final = Record({}, ())

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "manifest.csv": ("propertyName", "value"),
    "users.csv": ("sourcedId", "givenName", "familyName"),
    "roles.csv": ("userSourcedId", "role"),
    "classes.csv": ("sourcedId", "title"),
    "enrollments.csv": ("classSourcedId", "userSourcedId", "role"),
}
_COLUMNS: Final = {**REQUIRED, "demographics.csv": ("sourcedId",)}
_ALSO_READ: Final[Mapping[str, tuple[str, ...]]] = {
    "users.csv": (
        "middleName", "identifier", "userIds", "phone", "sms", "agentSourcedIds", "grades",
        "metadata.relation",
    ),
    "classes.csv": ("grades", "classType"),
    "demographics.csv": ("birthDate", "sex"),
}  # fmt: skip

GUARDIAN_ROLES: Final = ("parent", "guardian", "relative")
ROLES: Final = frozenset(["student", *GUARDIAN_ROLES])


@dataclass(slots=True)
class Files:
    """What the files other than users.csv say, by user or class. Deleted records are left out."""

    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    classes: dict[str, Record] = field(default_factory=dict)
    classes_of: dict[str, list[str]] = field(default_factory=dict)
    demographics: dict[str, Record] = field(default_factory=dict)


class OneRosterZip:
    """A zip whose files carry the names OneRoster gives them, in one folder or none."""

    def __init__(self, archive: Archive) -> None:
        """Find the files.

        Raises:
            UnreadableRoster: a required file is missing or there twice, or another version.
        """
        self._archive = archive
        self._left = MAX_ONEROSTER_RECORDS
        self._paths: dict[str, str] = {}
        for path in archive.paths:
            name = posixpath.basename(path).lower()
            if name not in _COLUMNS or path.startswith("__MACOSX/"):
                continue
            if name in self._paths:
                raise UnreadableRoster("file-twice", name=name)
            self._paths[name] = path
        for name in REQUIRED:
            self._require_file(name)
        self._require_version()

    def users(self) -> Iterator[tuple[int, Record]]:
        """Yield the row number and the record of every user.

        Raises as ``records``, and RosterTooLarge for more users than the largest school has.
        """
        for count, user in enumerate(self.records("users.csv"), 1):
            if count > MAX_USERS:
                raise RosterTooLarge("persons", max_users=MAX_USERS)
            yield user

    def others(self) -> Files:
        """Return what the other files say. Raises as ``records``."""
        files = Files()
        equal_sets: dict[frozenset[str], frozenset[str]] = {}
        for record in self._kept("roles.csv"):
            user, role = record["userSourcedId"], record["role"].lower()
            if role in ROLES:
                held = files.roles.get(user, frozenset()) | {role}
                files.roles[user] = equal_sets.setdefault(held, held)
        for record in self._kept("classes.csv"):
            files.classes[record["sourcedId"]] = record
        for record in self._kept("enrollments.csv"):
            if record["role"].lower() == "student":
                classes = files.classes_of.setdefault(record["userSourcedId"], [])
                classes.append(record["classSourcedId"])
        if "demographics.csv" in self._paths:
            for record in self._kept("demographics.csv"):
                files.demographics[record["sourcedId"]] = record
        return files

    def records(self, name: str) -> Iterator[tuple[int, Record]]:
        """Yield the row number and the record of every filled row of one file.

        Raises:
            UnreadableRoster: no text, or a required column is missing.
            RosterTooLarge: more records than any school has.
        """
        table = rows(self._archive.read(self._paths[name]), ",")
        columns = _columns(name, next(table, (1, []))[1])
        places = {column: place for place, column in enumerate(columns)}
        wanted = tuple(columns.values())
        width = max(wanted) + 1
        for line, cells in table:
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            record = tidied([cells[at] for at in wanted])
            if any(record):
                self._spend()
                yield line, Record(places, tuple(record))

    def _kept(self, name: str) -> Iterator[Record]:
        return (record for _, record in self.records(name) if not is_deleted(record))

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise RosterTooLarge("records", max_oneroster_records=MAX_ONEROSTER_RECORDS)

    def _require_file(self, name: str) -> None:
        if name not in self._paths:
            raise UnreadableRoster("oneroster-file", name=name, required=REQUIRED)

    def _require_version(self) -> None:
        said = {record["propertyName"]: record["value"] for record in self._kept("manifest.csv")}
        version = said.get("oneroster.version", "")
        if version != "1.2" and not version.startswith("1.2."):
            raise UnreadableRoster("oneroster-version")


def is_one_roster(archive: Archive) -> bool:
    """Tell whether the zip means to be OneRoster: one of its files has such a name."""
    names = {posixpath.basename(path).lower() for path in archive.paths}
    return "users.csv" in names or "manifest.csv" in names


def is_deleted(record: Record) -> bool:
    """Tell whether the sender wants the record gone."""
    return record["status"].lower() == "tobedeleted"


def _columns(name: str, header: Sequence[str]) -> dict[str, int]:
    """Return where the wanted columns are."""
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        found.setdefault(tidy(cell).lower(), index)
    required = _COLUMNS[name]
    for column in required:
        if column.lower() not in found:
            raise UnreadableRoster("oneroster-column", name=name, column=column)
    wanted = (*required, "status", *_ALSO_READ.get(name, ()))
    return {column: found[column.lower()] for column in wanted if column.lower() in found}
