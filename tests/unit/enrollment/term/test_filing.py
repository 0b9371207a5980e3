"""Written rules and the semester pack."""

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.filing import (
    RuleVersionPublished,
    SemesterPackAcknowledged,
    SemesterPackFiled,
)
from services.enrollment.plan.domain import errors
from services.enrollment.term.domain.filing import FILING, PARTS, AcknowledgeFiling, FilePack
from services.enrollment.term.domain.rules import RULES, PublishRule

parts = dict.fromkeys(PARTS, "0" * 64)
file = FilePack(term_id="t-1", parts=parts, pack_sha256="1" * 64)
filed = SemesterPackFiled(term_id="t-1", filing=1, parts=parts, pack_sha256="1" * 64)
seen = SemesterPackAcknowledged(term_id="t-1", filing=1)
filing = Scenario(FILING)
rules = Scenario(RULES)


@pytest.mark.clause("P2-094", "P2-089", "P2-090", "P2-091", "P2-093")
def test_a_pack_with_its_five_parts_is_filed_once():
    filing.given().when(file).then(filed)
    filing.given(filed).when(file).then_nothing()


@pytest.mark.clause("P2-089", "P2-090", "P2-091", "P2-093", "P2-094")
@pytest.mark.parametrize("part", PARTS)
def test_a_pack_without_a_part_is_not_filed(part):
    lacking = {name: digest for name, digest in parts.items() if name != part}

    filing.given().when(replace(file, parts=lacking)).then_refused(errors.PackIncomplete)


@pytest.mark.clause("P2-094")
def test_changed_content_is_a_new_filing_that_waits_for_its_own_acknowledgement():
    again = replace(file, pack_sha256="2" * 64)
    second = replace(filed, filing=2, pack_sha256="2" * 64)

    filing.given(filed, seen).when(again).then(second)
    filing.given(filed, seen).when(AcknowledgeFiling()).then_nothing()
    filing.given(filed, seen, second).when(AcknowledgeFiling()).then(replace(seen, filing=2))
    filing.given().when(AcknowledgeFiling()).then_refused(errors.NothingFiled)


@pytest.mark.clause("P1-073", "P2-057")
def test_a_written_rule_gets_a_version_for_each_text():
    publish = PublishRule(school_id="s-1", document="safety_plan", text_sha256="0" * 64)
    first = RuleVersionPublished(
        school_id="s-1", document="safety_plan", version=1, text_sha256="0" * 64
    )

    rules.given().when(publish).then(first)
    rules.given(first).when(publish).then_nothing()
    rules.given(first).when(replace(publish, text_sha256="1" * 64)).then(
        replace(first, version=2, text_sha256="1" * 64)
    )
    rules.given(first).when(replace(publish, document="entry_exit")).then(
        replace(first, document="entry_exit")
    )
