"""The text of a written application, and its hash."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace

import pytest

from services.enrollment.application.domain.form import WrittenApplication, hash_of, text_of

FORM = WrittenApplication(
    application_id="ap-1",
    school_id="school-1",
    class_id="cl-1",
    student_id="st-1",
    guardian_id="g-1",
    term_id="te-1",
    service_kinds=("after_school_custody", "lunch"),
    account_id="a-1",
    role="guardian",
    submitted_at="2026-08-20T09:00:00.000+08:00",
)
TEXT = (
    '{"account_id":"a-1","application_id":"ap-1","class_id":"cl-1","guardian_id":"g-1",'
    '"role":"guardian","school_id":"school-1","service_kinds":["after_school_custody","lunch"],'
    '"student_id":"st-1","submitted_at":"2026-08-20T09:00:00.000+08:00","term_id":"te-1"}'
)


def test_the_text_never_changes_its_shape():
    assert text_of(FORM) == TEXT
    assert hash_of(TEXT) == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("name", [each.name for each in fields(FORM)])
def test_every_fact_and_the_consent_are_in_the_hash(name: str):
    other = ("lunch",) if name == "service_kinds" else "other"

    assert hash_of(text_of(replace(FORM, **{name: other}))) != hash_of(TEXT)
