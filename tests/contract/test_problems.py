"""The catalogue of refusals: as the code has it, one meaning per code, opened by ``type``."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from flask import Flask

from gateway import docs
from gateway.problems import KINDS, problem, refusal
from gateway.refusals import Busy
from hp3 import problems


@pytest.fixture(scope="module")
def page() -> str:
    app = Flask(__name__)
    docs.install(app)
    page = app.test_client().get("/docs/problems")
    assert page.status_code == 200
    return page.text


def test_the_catalogue_is_up_to_date():
    assert problems.CATALOGUE.read_text(encoding="utf-8") == problems.catalogue_text(), (
        "make events"
    )


def test_a_code_is_of_one_kind():
    kinds = defaultdict(set)
    for each in problems.refusals():
        kinds[each.code].add(each.kind)

    assert {code: of for code, of in kinds.items() if len(of) > 1} == {}
    assert {kind for of in kinds.values() for kind in of} <= set(KINDS)


def test_every_code_stands_on_the_page_with_status_clauses_and_both_languages(page: str):
    for each in problems.catalogue():
        [shown] = re.findall(rf'<article id="{re.escape(each["code"])}">.*?</article>', page, re.S)
        assert f"<p>{KINDS[each['kind']][0]} " in shown
        assert all(clause in shown for clause in each["clauses"])
        for said in each["says"]:
            assert f'<p lang="zh-CN">{docs.spoken(said["zh"])}</p>' in shown
            assert f'<p lang="en">{docs.spoken(said["en"])}</p>' in shown


def test_parameters_are_shown_by_name():
    sentence = "<b> {shown:-}{at:%H:%M} of {{id}}"

    assert docs.spoken(sentence) == "&lt;b&gt; <var>at</var> of {id}"


def test_the_type_of_a_problem_document_opens_there(page: str):
    with Flask(__name__).test_request_context():
        path, _, anchor = problem(refusal(Busy()))["type"].partition("#")

    assert path == "/docs/problems"
    assert f'id="{anchor}"' in page
