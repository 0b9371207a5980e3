"""Understanding which encoding a text file is in."""

from __future__ import annotations

import pytest

from services.enrollment.register.roster.errors import UnreadableRoster
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import HEADER, csv_file, only_pupil, row


def test_a_rare_character_survives_gb18030():
    assert only_pupil(csv_file(HEADER, row("李𬱖"), encoding="gb18030")).name == "李𬱖"


def test_damaged_utf8_is_refused_although_gbk_would_make_other_names_of_it():
    content = csv_file(["name", "class"], *[["王明", "三年二班"]] * 3)
    damaged = [content[:at] + b"\x85" + content[at + 1 :] for at in range(len(content))]
    mistakable = [each for each in damaged if not _fits(each, "utf-8") and _fits(each, "gbk")]
    assert mistakable

    for each in mistakable:
        with pytest.raises(UnreadableRoster):
            read_roster(each)


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
