"""Refusing OneRoster zips, and what they may lack."""

from __future__ import annotations

from datetime import date

import pytest

from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import pupils, zip_file
from tests.unit.enrollment.roster.oneroster import (
    CLASSES,
    ENROLLMENTS,
    MANIFEST,
    ROLES,
    USERS,
    one_roster,
)


@pytest.mark.parametrize("name", ["manifest", "users", "roles", "classes", "enrollments"])
def test_a_missing_file_is_named(name):
    with pytest.raises(UnreadableRoster, match=rf"{name}\.csv"):
        read_roster(one_roster(**{name: None}))


@pytest.mark.parametrize(
    ("name", "column"),
    [("users", "familyName"), ("roles", "role"), ("classes", "title"), ("enrollments", "role")],
)
def test_a_missing_column_is_named(name, column):
    text = {"users": USERS, "roles": ROLES, "classes": CLASSES, "enrollments": ENROLLMENTS}[name]

    with pytest.raises(UnreadableRoster, match=rf"{name}\.csv 缺少列 {column}"):
        read_roster(one_roster(**{name: text.replace(f",{column}", ",other")}))


def test_demographics_are_optional():
    roster = read_roster(one_roster(demographics=None))

    assert pupils(roster)[1].born_on is None
    assert pupils(roster)[0].born_on == date(2017, 9, 1), "from the identity number"


def test_another_version_is_refused():
    with pytest.raises(UnreadableRoster, match=r"1\.2"):
        read_roster(one_roster(manifest=MANIFEST.replace("1.2", "1.1")))


def test_the_files_may_lie_in_a_folder_in_capitals_with_marks_and_in_gbk():
    texts = {"manifest": MANIFEST, "USERS": USERS, "Roles": ROLES, "classes": CLASSES}
    members = {f"导出/{name}.csv": b"\xef\xbb\xbf" + text.encode() for name, text in texts.items()}
    members["导出/enrollments.csv"] = ENROLLMENTS.encode("gbk")
    members["导出/classes.csv"] = CLASSES.encode("gbk")
    members["__MACOSX/导出/users.csv"] = b"\0\0"

    assert len(pupils(read_roster(zip_file(members)))) == 2


def test_a_file_that_is_there_twice_is_refused():
    members = {f"{folder}/users.csv": USERS for folder in "ab"}

    with pytest.raises(UnreadableRoster, match="两个"):
        read_roster(zip_file(members))


@pytest.mark.parametrize("limit", ["oneroster_files.MAX_ONEROSTER_RECORDS", "oneroster.MAX_ROWS"])
def test_more_records_or_pupils_than_the_limit_are_refused(monkeypatch, limit):
    monkeypatch.setattr(f"services.enrollment.register.roster.{limit}", 1)

    with pytest.raises(RosterTooLarge):
        read_roster(one_roster())


def test_more_guardians_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr("services.enrollment.register.roster.oneroster.MAX_ONEROSTER_RECORDS", 5)

    with pytest.raises(RosterTooLarge, match="监护人"):
        read_roster(one_roster())
