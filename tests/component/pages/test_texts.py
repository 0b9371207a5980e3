"""The catalogue: complete in both languages, with a word for every value that services send."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from chassis.kernel.texts import words
from contracts.attendance.handover import GUARD_REASONS
from contracts.attendance.pickup import RELATIONS as RECEIVERS
from contracts.attendance.sessions import PARTS, REVIEWS
from contracts.enrollment import parameters
from contracts.enrollment.filing import DOCUMENTS
from contracts.enrollment.helpers import HELPER_ROLES
from contracts.enrollment.notices import AUDIENCES, NOTICE_KINDS
from contracts.enrollment.offerings import VENUE_KINDS
from contracts.enrollment.opinions import SOURCES as SPEAKERS
from contracts.enrollment.places import PRIORITIES
from contracts.enrollment.plans import ACTIVITIES, DECLARATIONS
from contracts.enrollment.surveys import PURPOSES, QUESTION_KINDS, SURVEY_STATES
from contracts.enrollment.vocabulary import (
    APPLICATION_STATES,
    CONTENT_KINDS,
    RELATIONS,
    SERVICE_KINDS,
    STAFF_KINDS,
    STAGES,
    STATES,
)
from contracts.enrollment.voluntariness import ALERTS
from contracts.fees.charges import CAUSES, METHODS
from contracts.safety.breaches import BREACH_KINDS
from contracts.safety.fitness import RESULTS
from contracts.safety.incidents import CATEGORIES, SEVERITIES
from contracts.safety.providers import STANDINGS
from gateway import texts
from gateway.accounts.model import ROLES
from gateway.pages import term_people, term_plan, terms
from gateway.pages.receivers import OFFERED
from services.audit.proof import findings
from services.audit.rebuilds import record
from services.enrollment.plan.domain import errors as plan_errors
from services.enrollment.policy import profiles
from services.enrollment.term.domain import filing
from services.enrollment.term.handlers import cockpit

GATEWAY = Path(texts.__file__).parents[1]
SOURCES = [*(GATEWAY / "pages").glob("*.py"), *(GATEWAY / "templates").rglob("*.html")]
LITERAL = re.compile(r"""\bt\(\s*["']([\w.-]+)["']\s*[,)]|["']([\w-]+\.[\w.-]+)["']""")

GROUPS = {
    "role": ROLES,
    "relation": {*RELATIONS, *RECEIVERS},
    "service_kind": SERVICE_KINDS,
    "content_kind": CONTENT_KINDS,
    "stage": STAGES,
    "session-standing": ("submitted", "approved", "returned"),
    "class-review": ("recommended", "advised_against"),
    "disclosure": ("mode", "content", "safety_measures"),
    "public-standing": cockpit.NEXT,
    "application": ("not_applied", *APPLICATION_STATES),
    "staff-kind": STAFF_KINDS,
    "reason": GUARD_REASONS,
    "method": METHODS,
    "refund-cause": CAUSES,
    "severity": SEVERITIES,
    "category": CATEGORIES,
    "roll": ("present", "absent", "leave", "late", "left", "expected", "handed_over"),
    "outcome": ("created", "updated", "unchanged", "refused", "skipped"),
    "content-state": set(REVIEWS) - {"approved"},
    "day-part": PARTS,
    "authorisation": ("valid", "not_yet", "expired", "revoked"),
    "priority": PRIORITIES,
    "breach-kind": BREACH_KINDS,
    "alert": ALERTS,
    "provider-standing": STANDINGS,
    "helper-role": HELPER_ROLES,
    "publicity": ("published", "confirmed"),
    "tariff-status": ("provisional", "approved"),
    "audience": AUDIENCES,
    "notice-kind": NOTICE_KINDS,
    "purpose": PURPOSES,
    "question-kind": QUESTION_KINDS,
    "survey-state": SURVEY_STATES,
    "source": SPEAKERS,
    "rating": ("1", "2", "3", "4", "5"),
    "plan-standing": terms.NOW_AT,
    "plan-step": terms.STEPS,
    "item-stage": term_plan.STAGES,
    "plan-do": term_plan.SAID,
    "plan-wait": ("submitted", "closed"),
    "plan-review": ("waiting", "approved", "returned"),
    "answers-for": ("head", "member", "post", "duty", "venue", "offering"),
    "post": term_people.POSTS,
    "duty": words(plan_errors.__name__, "open_duties"),
    "meeting": ACTIVITIES,
    "declaration": DECLARATIONS,
    "document": DOCUMENTS,
    "disclosed": ("mode", "content", "safety_measures"),
    "screening": RESULTS,
    "venue-kind": VENUE_KINDS,
    "offering-standing": ("proposed", "returned", "open", "closed"),
    "subject": ("pipa_club",),
    "tie-break": ("lottery", "arrival"),
    "filing-state": ("missing", "overdue", "filed", "changed", "acknowledged"),
    "filing-part": filing.PARTS,
    "filing-lacks": filing.PARTS,
    "plan-stage": ("survey", "preparation", "opening"),
    "item-state": ("done", "explained", "missing", "later"),
    "filing": ("missing", "overdue", "filed", "changed", "acknowledged"),
    "pack-part": ("courses", "staffing", "roster", "charges", "management"),
    "charge": ("tariff_fen", "fee_cap_primary_fen", "fee_cap_junior_fen", "waiver_ratio_bp"),
    "policy-source": ("plan", "district", "bureau", "unset"),
    "proposal-state": STATES,
    "parameter-word": ("primary", "junior", "urban", "rural", "from", "to", "summer_to"),
    "shape": parameters.VALUES,
    "plan-item": profiles.checklist(),
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
    assert set(OFFERED) <= set(RECEIVERS)


def test_what_was_done_is_always_said() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (GATEWAY / "pages").glob("*.py"))
    named = re.findall(r'done\(\s*"([a-z-]+)"|done="([a-z-]+)"|\?done=([a-z-]+)', code)
    keys = {key for found in named for key in found if key}

    assert len(keys) > 8
    assert sorted(key for key in keys if not texts.has(f"done.{key}")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_written_twice(language: str):
    written = (GATEWAY / "texts" / f"{language}.json").read_text(encoding="utf-8")
    keys = [key for key, _ in json.loads(written, object_pairs_hook=list)]

    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_texts_beside_a_page_are_in_the_catalogue_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(texts, "PAGES", tmp_path)
    (tmp_path / "lost.toml").write_text('["lost.title"]\nzh = "失物"\nen = "Lost"\n')
    assert texts.catalogue()["en"]["lost.title"] == "Lost"

    (tmp_path / "twice.toml").write_text('["lost.title"]\nzh = "失"\nen = "Lost things"\n')
    with pytest.raises(ValueError, match=r"lost\.title: written twice"):
        texts.catalogue()
