"""The catalogue: complete in both languages, with a word for every value that services send."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from contracts.attendance.events import GUARD_REASONS
from contracts.attendance.requests import RELATIONS
from contracts.enrollment import listening_words, vocabulary
from contracts.fees.events import CAUSES, METHODS
from contracts.safety.events import CATEGORIES, SEVERITIES
from gateway import texts
from gateway.accounts.model import ROLES
from gateway.pages.receivers import OFFERED
from services.audit.proof import findings
from services.audit.rebuilds import record

GATEWAY = Path(texts.__file__).parents[1]
SOURCES = [*(GATEWAY / "pages").glob("*.py"), *(GATEWAY / "templates").rglob("*.html")]
LITERAL = re.compile(r"""\bt\(\s*["']([\w.-]+)["']\s*[,)]|["']([\w-]+\.[\w.-]+)["']""")

GROUPS = {
    "role": ROLES,
    "relation": {*RELATIONS, *vocabulary.RELATIONS},
    "service_kind": vocabulary.SERVICE_KINDS,
    "application": ("not_applied", *vocabulary.APPLICATION_STATES),
    "staff-kind": vocabulary.STAFF_KINDS,
    "reason": GUARD_REASONS,
    "method": METHODS,
    "refund-cause": CAUSES,
    "severity": SEVERITIES,
    "category": CATEGORIES,
    "roll": ("present", "absent", "leave", "late", "left", "expected", "handed_over"),
    "outcome": ("created", "updated", "unchanged", "refused", "skipped"),
    "authorisation": ("valid", "not_yet", "expired", "revoked"),
    "publicity": ("published", "confirmed"),
    "tariff-status": ("provisional", "approved"),
    "audience": listening_words.AUDIENCES,
    "notice-kind": listening_words.NOTICE_KINDS,
    "purpose": listening_words.PURPOSES,
    "question-kind": listening_words.QUESTION_KINDS,
    "survey-state": listening_words.SURVEY_STATES,
    "source": listening_words.SOURCES,
    "rating": ("1", "2", "3", "4", "5"),
    "rebuild-kind": (record.REBUILD, record.ROLLBACK),
    "rebuild-state": (*record.OPEN, record.SWAPPED, record.CANCELLED, record.FAILED),
    "finding": findings.HELP,
    "outcome-replay": ("skipped", "applied", "parked", "applied again", "restored", "failed"),
}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert texts.CATALOGUE["zh"].keys() == texts.CATALOGUE["en"].keys()


def test_both_languages_fill_the_same_places() -> None:
    zh, en = texts.CATALOGUE["zh"], texts.CATALOGUE["en"]

    assert [key for key in zh if places(zh[key]) != places(en[key])] == []


def test_no_text_is_empty_and_english_is_english() -> None:
    assert all(text.strip() for language in texts.CATALOGUE.values() for text in language.values())
    chinese = re.compile(r"[\u4e00-\u9fff]")
    en = texts.CATALOGUE["en"]
    assert [key for key in en if chinese.search(en[key])] == ["language.other"]


def test_every_key_that_pages_name_is_there() -> None:
    named = {
        key
        for source in SOURCES
        for key, _ in LITERAL.findall(source.read_text(encoding="utf-8"))
        if key
    }

    assert len(named) > 200
    assert sorted(key for key in named if not texts.has(key)) == []


def test_no_key_is_left_over() -> None:
    code = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    made = re.compile(
        r"^(weekday|month|advice|done|error\.title|bureau|home\.for|import\.column|light|step|closed"
        r"|not-charged|column|demo\.state|waiver|"
        + "|".join(GROUPS)
        + r")\.|^ops\.(state|do|retry|discard)-"
    )

    left_over = [
        key for key in texts.CATALOGUE["zh"] if not made.match(key) and f'"{key}"' not in code
        and f"'{key}'" not in code
    ]  # fmt: skip
    assert left_over == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_value_of_a_vocabulary_has_a_word(group: str) -> None:
    assert [v for v in GROUPS[group] if not texts.has(f"{group}.{v}")] == []


def test_only_relations_that_attendance_takes_are_offered() -> None:
    assert set(OFFERED) <= set(RELATIONS)


def test_what_was_done_is_always_said() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (GATEWAY / "pages").glob("*.py"))
    named = re.findall(r'done\(\s*"([a-z-]+)"|done="([a-z-]+)"|\?done=([a-z-]+)', code)
    keys = {key for found in named for key in found if key}

    assert len(keys) > 8
    assert sorted(key for key in keys if not texts.has(f"done.{key}")) == []
