"""Writes pupils as a OneRoster 1.2 CSV zip: sample data, and files for tests.

Reads back as the same pupils, each with a sourcedId. Equal pupils give equal bytes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

from services.enrollment.register.roster.lines import Guardian, Pupil
from services.enrollment.register.roster.text import all_cjk, has_cjk

_HEADERS: Final = {
    "manifest.csv": "propertyName,value",
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
    "userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.relation",
    "roles.csv": "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,"
    "endDate,orgSourcedId,userProfileSourcedId",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
    "classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
    "userSourcedId,role,primary,beginDate,endDate",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex",
}
_SCHOOL: Final = "school"
_ROLES: Final = {"father": "parent", "mother": "parent", "parent": "parent"} | {
    "grandparent": "relative",
    "relative": "relative",
}
_TWO_CHARACTER_SURNAMES: Final = re.compile("欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|东方|尉迟|慕容")
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def write_oneroster(pupils: Iterable[Pupil]) -> bytes:
    """Return a bulk OneRoster 1.2 zip; a missing sourcedId is made up from the position.

    A guardian with a sourcedId is written once, as first seen.
    """
    book = _Book()
    for position, pupil in enumerate(pupils, 1):
        book.add(pupil, pupil.sourced_id or f"pupil-{position}")
    return book.zipped()


class _Book:
    """The files so far, each a list of records by column."""

    def __init__(self) -> None:
        self._files: dict[str, list[dict[str, str]]] = {name: [] for name in _HEADERS}
        self._guardians: dict[str, dict[str, str]] = {}
        self._classes: dict[str, str] = {}
        school = {"sourcedId": _SCHOOL, "name": "示例学校", "type": "school"}
        self._files["orgs.csv"].append(school)

    def add(self, pupil: Pupil, sourced_id: str) -> None:
        agents = [
            self._guardian(guardian, guardian.sourced_id or f"{sourced_id}-guardian-{number}")
            for number, guardian in enumerate(pupil.guardians, 1)
        ]
        identity = pupil.identity_number
        self._files["users.csv"].append(
            {
                **_user(sourced_id, pupil.name),
                "userIds": f"{{identityNumber:{identity}}}" if identity else "",
                "identifier": pupil.student_number or "",
                "agentSourcedIds": ",".join(agents),
                "grades": f"{pupil.grade:02}",
            }
        )
        self._role(sourced_id, "student")
        self._enroll(pupil, sourced_id)
        born_on = pupil.born_on.isoformat() if pupil.born_on else ""
        self._files["demographics.csv"].append(
            {"sourcedId": sourced_id, "birthDate": born_on, "sex": pupil.gender or "unspecified"}
        )

    def zipped(self) -> bytes:
        self._files["users.csv"].extend(self._guardians.values())
        self._files["manifest.csv"] = self._manifest()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, records in self._files.items():
                info = zipfile.ZipInfo(name, _LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, _csv(_HEADERS[name].split(","), records))
        return out.getvalue()

    def _guardian(self, guardian: Guardian, sourced_id: str) -> str:
        if sourced_id not in self._guardians:
            self._guardians[sourced_id] = {
                **_user(sourced_id, guardian.name),
                "phone": guardian.phone or "",
                "metadata.relation": guardian.relation,
            }
            self._role(sourced_id, _ROLES.get(guardian.relation, "guardian"))
        return sourced_id

    def _role(self, user: str, role: str) -> None:
        self._files["roles.csv"].append(
            {
                "sourcedId": f"{user}-{role}",
                "userSourcedId": user,
                "roleType": "primary",
                "role": role,
                "orgSourcedId": _SCHOOL,
            }
        )

    def _enroll(self, pupil: Pupil, user: str) -> None:
        class_id = self._classes.get(pupil.class_name)
        if class_id is None:
            class_id = self._classes[pupil.class_name] = f"class-{len(self._classes) + 1}"
            self._files["classes.csv"].append(
                {
                    "sourcedId": class_id,
                    "title": pupil.class_name,
                    "grades": f"{pupil.grade:02}",
                    "classType": "homeroom",
                    "schoolSourcedId": _SCHOOL,
                }
            )
        self._files["enrollments.csv"].append(
            {
                "sourcedId": f"{user}-{class_id}",
                "classSourcedId": class_id,
                "schoolSourcedId": _SCHOOL,
                "userSourcedId": user,
                "role": "student",
            }
        )

    def _manifest(self) -> list[dict[str, str]]:
        said = {"manifest.version": "1.0", "oneroster.version": "1.2"}
        for name in _HEADERS:
            if name != "manifest.csv":
                said[f"file.{name.removesuffix('.csv')}"] = "bulk"
        said |= {"source.systemName": "Half Past Three", "source.systemCode": "hp3"}
        return [{"propertyName": key, "value": value} for key, value in said.items()]


def _user(sourced_id: str, name: str) -> dict[str, str]:
    given, family = _given_and_family(name)
    return {
        "sourcedId": sourced_id,
        "enabledUser": "true",
        "username": sourced_id,
        "givenName": given,
        "familyName": family,
        "primaryOrgSourcedId": _SCHOOL,
    }


def _given_and_family(name: str) -> tuple[str, str]:
    if all_cjk(name):
        length = 2 if _TWO_CHARACTER_SURNAMES.match(name) else 1
        return name[length:], name[:length]
    if has_cjk(name):
        return "", name
    given, _, family = name.rpartition(" ")
    return (given, family) if given else (name, "")


def _csv(header: Sequence[str], records: Iterable[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()
