"""OneRoster 1.2 CSV as a roster: one line per row of users.csv that stands for a pupil.

A pupil's student number is in ``identifier`` or ``userIds`` ({studentNumber:G…}), the identity
number in ``userIds`` ({identityNumber:…}). Guardians are the users in ``agentSourcedIds``, on
either side, who have the role guardian, parent or relative; they get a line only when nobody is
linked to them. Rows marked tobedeleted are skipped: an import never deletes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from services.enrollment.register.roster import classes, identity, values
from services.enrollment.register.roster.archives import Archive
from services.enrollment.register.roster.errors import RosterTooLarge
from services.enrollment.register.roster.limits import (
    MAX_ONEROSTER_RECORDS,
    MAX_ROWS,
    MAX_SOURCED_ID,
    MAX_VERDICTS,
)
from services.enrollment.register.roster.lines import Guardian, Line, Pupil
from services.enrollment.register.roster.oneroster_files import (
    BLANK,
    GUARDIAN_ROLES,
    Files,
    OneRosterZip,
    Record,
    is_deleted,
)
from services.enrollment.register.roster.refusals import Wrong, refused, skipped
from services.enrollment.register.roster.text import has_cjk, tidy

IDENTITY_TYPES: Final = frozenset(["identitynumber", "ric", "idcard", "身份证", "身份证号"])
STUDENT_NUMBER_TYPES: Final = frozenset(["studentnumber", "学籍号"])

_USER_ID: Final = re.compile(r"\{([^{}:]+):([^{}]*)\}")
_LIKE_STUDENT_NUMBER: Final = re.compile(r"[GJL].{18}")
_LIKE_IDENTITY_NUMBER: Final = re.compile(r"[0-9]{17}[0-9X]")


def read_one_roster(archive: Archive) -> list[Line]:
    """Return the lines of a OneRoster zip.

    Raises:
        UnreadableRoster: a required file or column is missing, or a file cannot be read.
        RosterTooLarge: beyond the limits.
    """
    bundle = OneRosterZip(archive)
    school = _School(bundle.others(), list(bundle.users()))
    lines: list[Line] = []
    for user in school.users:
        if line := school.line(*user):
            lines.append(line)
        if len(lines) > MAX_VERDICTS:
            raise RosterTooLarge("verdicts", max_verdicts=MAX_VERDICTS)
    if sum(isinstance(line, Pupil) for line in lines) > MAX_ROWS:
        raise RosterTooLarge("pupils", max_rows=MAX_ROWS)
    return lines


class _School:
    """Everyone in users.csv, and who answers for whom."""

    def __init__(self, files: Files, users: list[tuple[int, Record]]) -> None:
        self.users = users
        self._files = files
        self._links = 0
        self._by_id: dict[str, Record] = {}
        self._guardians_of: dict[str, dict[str, None]] = {}
        for _, record in users:
            self._by_id.setdefault(record["sourcedId"], record)
        for _, record in users:
            self._link(record)
        self._linked = {
            guardian
            for pupil, guardians in self._guardians_of.items()
            if self._is_pupil(pupil)
            for guardian in guardians
        }

    def line(self, number: int, record: Record) -> Line | None:
        """Return the line of one user; a guardian of some pupil has none."""
        sourced_id = record["sourcedId"]
        if is_deleted(record):
            return skipped(number, "roster.to-be-deleted")
        if self._is_pupil(sourced_id):
            try:
                return self._pupil(number, record)
            except Wrong as wrong:
                return refused(number, wrong)
        if self._guardian_role(sourced_id) is None:
            return skipped(number, "roster.not-a-pupil")
        if sourced_id not in self._linked:
            return skipped(number, "roster.guardian-of-nobody")
        return None

    def _link(self, record: Record) -> None:
        user = record["sourcedId"]
        if is_deleted(record):
            return
        agents = record["agentSourcedIds"].split(",")
        self._links += len(agents)
        if self._links > MAX_ONEROSTER_RECORDS:
            raise RosterTooLarge("guardians")
        for agent in agents:
            other = tidy(agent)
            pupil, guardian = (user, other) if self._is_pupil(user) else (other, user)
            if other:
                self._guardians_of.setdefault(pupil, {})[guardian] = None

    def _is_pupil(self, sourced_id: str) -> bool:
        return "student" in self._files.roles.get(sourced_id, ())

    def _guardian_role(self, sourced_id: str) -> str | None:
        return _guardian_role(self._files.roles.get(sourced_id, frozenset()))

    def _pupil(self, number: int, record: Record) -> Pupil:
        sourced_id = record["sourcedId"]
        if not 0 < len(sourced_id) <= MAX_SOURCED_ID:
            raise Wrong("roster.sourced-id-wrong", "sourced_id")
        if not (name := _name(record, "name")):
            raise Wrong("roster.name-missing", "name")
        grade, class_name = self._grade_and_class(record)
        identity_number, student_number = _numbers(record)
        known = self._files.demographics.get(sourced_id, BLANK)
        person = identity.person(
            number=identity_number,
            gender=values.gender(known["sex"]),
            born_on=values.birth_date(known["birthDate"]),
        )
        return Pupil(
            line=number,
            sourced_id=sourced_id,
            name=name,
            gender=person.gender,
            born_on=person.born_on,
            identity_number=person.number,
            student_number=student_number,
            grade=grade,
            class_name=class_name,
            guardians=self._guardians(sourced_id),
        )

    def _grade_and_class(self, record: Record) -> tuple[int, str]:
        """Return where the pupil is enrolled: the home class, or the only class there is."""
        enrolled = dict.fromkeys(self._files.classes_of.get(record["sourcedId"], ()))
        if not enrolled:
            raise Wrong("roster.class-missing", "class_name")
        known = [self._files.classes[id_] for id_ in enrolled if id_ in self._files.classes]
        if not known:
            raise Wrong("roster.class-unknown", "class_name")
        home = [each for each in known if each["classType"].lower() == "homeroom"] or known
        if len(home) > 1:
            raise Wrong("roster.several-classes", "class_name")
        grade = _only(home[0]["grades"]) or _only(record["grades"])
        return classes.grade_and_class(home[0]["title"], grade)

    def _guardians(self, pupil: str) -> tuple[Guardian, ...]:
        linked = self._guardians_of.get(pupil, ())
        return tuple(filter(None, map(self._guardian, linked)))

    def _guardian(self, sourced_id: str) -> Guardian | None:
        """Return the guardian, None for one to be deleted or an agent who is no guardian."""
        record = self._by_id.get(sourced_id)
        if record is None:
            raise Wrong("roster.guardian-unknown", "guardian")
        role = self._guardian_role(sourced_id)
        if is_deleted(record) or role is None:
            return None
        if not (name := _name(record, "guardian_name")):
            raise Wrong("roster.guardian-name-missing", "guardian_name")
        return Guardian(
            sourced_id=sourced_id,
            name=name,
            relation=values.relation(record["metadata.relation"] or role),
            phone=values.phone(record["phone"] or record["sms"]),
        )


@cache
def _guardian_role(held: frozenset[str]) -> str | None:
    return next((role for role in GUARDIAN_ROLES if role in held), None)


def _name(record: Record, field: str) -> str:
    given, middle, family = record["givenName"], record["middleName"], record["familyName"]
    if has_cjk(family + middle + given):
        return values.name(family + middle + given, field)
    return values.name(f"{given} {middle} {family}", field)


def _numbers(record: Record) -> tuple[str | None, str | None]:
    """Return the identity number and the student number a user has."""
    ids = {kind.strip().lower(): text for kind, text in _USER_ID.findall(record["userIds"])}
    identity_text = next((ids[kind] for kind in ids if kind in IDENTITY_TYPES), "")
    student_text = next((ids[kind] for kind in ids if kind in STUDENT_NUMBER_TYPES), "")
    identifier = record["identifier"].upper()
    if not student_text and _LIKE_STUDENT_NUMBER.fullmatch(identifier):
        student_text = identifier
    if not identity_text and _LIKE_IDENTITY_NUMBER.fullmatch(identifier):
        identity_text = identifier
    return identity.identity_number(identity_text), identity.student_number(student_text)


def _only(listed: str) -> str:
    """Return the one entry of a list such as "03"; nothing when there are several."""
    return "" if "," in listed else listed
