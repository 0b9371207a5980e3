"""Printed documents, read back: their words, their pages, their bytes."""

from __future__ import annotations

import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from gateway.documents import paper
from gateway.documents.agreement import custody_agreement
from gateway.documents.fonts import SONG, WESTERN, printable, runs
from gateway.documents.form import application_form
from gateway.documents.letter import letter

CONSENT = {"account_id": "a-1", "role": "guardian", "at": "2026-08-20T01:00:01.000+00:00"}
RECORDED = {"service": "enrollment", "partition": "s1", "seq": 7, "event_id": "e-7"}
SETTING = {
    "application_id": "ap-1",
    "school_id": "s1",
    "school_name": "实验小学",
    "class_id": "cl-1",
    "class_name": "三年级2班",
    "student_id": "st-1",
    "student_name": "买买提·艾力",
    "term_id": "te-1",
    "term_name": "2026年秋季学期",
    "first_day": "2026-09-01",
    "last_day": "2027-01-20",
}
FACTS = '{"account_id":"a-1","application_id":"ap-1","service_kinds":["after_school_custody"]}'
FORM = {
    **SETTING,
    "guardian_id": "g-1",
    "guardian_name": "张大明",
    "relation": "father",
    "service_kinds": ["after_school_custody", "lunch"],
    "state": "submitted",
    "submitted_at": CONSENT["at"],
    "facts": FACTS,
    "facts_sha256": hashlib.sha256(FACTS.encode()).hexdigest(),
    "consent": CONSENT,
    "recorded": RECORDED,
}
TEXT = "托管协议书\n\n第一条 学校负责托管期间的安全。\n第二条 家长按时接孩子。\n"
LETTER = "家长责任书\n\n按约定时间由登记的接送人接走学生。\n"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
UNSIGNED = {
    **SETTING,
    "agreement_version": "2026-1",
    "text": TEXT,
    "text_sha256": HASH,
    "parties": {"student": "买买提·艾力", "guardian": "张大明"},
    "letter_version": "2026-1",
    "letter_text": LETTER,
    "letter_sha256": hashlib.sha256(LETTER.encode()).hexdigest(),
    "signed": False,
    "school_consent": None,
    "signature": None,
    "letter_signature": None,
}
SIGNED = {
    **UNSIGNED,
    "signed": True,
    "school_consent": {
        "account_id": "a-7",
        "role": "school_office",
        "at": "2026-08-28T08:00:00+08:00",
        "publicity_id": "pu-1",
        "recorded": {**RECORDED, "event_id": "e-6", "seq": 6},
    },
    "signature": {**CONSENT, "guardian_id": "g-1", "text_sha256": HASH, "recorded": RECORDED},
    "letter_signature": {
        **CONSENT,
        "guardian_id": "g-1",
        "text_sha256": UNSIGNED["letter_sha256"],
        "recorded": RECORDED,
    },
}


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def words(content: bytes) -> str:
    """Return the text without the places where lines were broken."""
    return re.sub(r"\s", "", "".join(pages(content)))


def has(content: bytes, *expected: str) -> None:
    found = words(content)
    assert [each for each in expected if re.sub(r"\s", "", each) not in found] == [], found


def test_a_form_has_every_fact_the_hash_and_the_consent():
    printed = application_form(FORM)

    has(printed, "课后服务申请书", "实验小学", "买买提·艾力", "三年级2班", "张大明（爸爸）")
    has(printed, "2026年秋季学期（2026年9月1日 至 2027年1月20日）", "课后托管、午餐", "ap-1")
    has(printed, "2026年8月20日 09:00:01（北京时间）", "a-1（家长）", "enrollment / s1 / 7 / e-7")
    has(printed, FORM["facts_sha256"], FACTS, "待审核")


def test_a_signed_agreement_has_its_text_its_version_and_who_signed_when():
    printed = custody_agreement(SIGNED)

    has(printed, *TEXT.splitlines(), "2026-1", HASH, "实验小学", "买买提·艾力（三年级2班）")
    has(printed, "签署人", "张大明", "a-1（家长）", "2026年8月20日 09:00:01（北京时间）")
    has(printed, "与正文一致", "enrollment / s1 / 7 / e-7")
    assert "尚未签署" not in words(printed)


@pytest.mark.clause("P1-101")
def test_the_letter_and_the_schools_side_are_on_the_same_paper():
    printed = custody_agreement(SIGNED)

    has(printed, *LETTER.splitlines(), UNSIGNED["letter_sha256"], "责任书版本")
    has(printed, "学校确认记录", "a-7（学校办公室）", "2026年8月28日 08:00:00（北京时间）")
    has(printed, "enrollment / s1 / 6 / e-6", "同时签署")
    bare = {**UNSIGNED, "letter_text": None}
    assert "责任书" not in words(custody_agreement(bare))
    assert "学校确认记录" not in words(custody_agreement(bare))


def test_a_text_that_is_not_the_signed_one_is_called_so():
    signature = {**SIGNED["signature"], "text_sha256": "0" * 64}

    has(custody_agreement({**SIGNED, "signature": signature}), "不一致，请联系学校核对", "0" * 64)


def test_an_agreement_that_nobody_signed_says_so():
    printed = custody_agreement(UNSIGNED)

    has(printed, "尚未签署", "甲方（签字）", "乙方（签字）", HASH)
    assert "签署账号" not in words(printed)


def test_a_letter_has_a_title_paragraphs_and_lines_to_sign():
    printed = letter(
        "收费通知",
        ["各位家长：", "九月起按标准收费。"],
        sender="实验小学",
        dated="2026年9月1日",
        signatures=("监护人", "经办人"),
        reference="通知 n-1",
    )

    has(printed, "收费通知", "各位家长：", "九月起按标准收费。", "实验小学", "2026年9月1日")
    has(printed, "监护人（签字）：", "经办人（签字）：", "日期：", "通知 n-1")


@pytest.mark.parametrize(
    "render",
    [
        lambda: application_form(FORM),
        lambda: custody_agreement(SIGNED),
        lambda: letter("通知", ["正文"], signatures=("监护人",)),
    ],
)
def test_the_same_facts_give_the_same_bytes(render: Any):
    first = render()
    letter("别的", ["printed in between"])

    assert render() == first


def test_threads_that_print_at_once_do_not_disturb_each_other():
    renders = (lambda: application_form(FORM), lambda: custody_agreement(SIGNED))
    expected = [render() for render in renders]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: renders[n % 2](), range(40)))

    assert found == expected * 20


def test_other_facts_give_other_bytes():
    assert application_form(FORM) != application_form({**FORM, "state": "accepted"})


def test_every_page_says_which_of_how_many_it_is():
    found = pages(letter("通知", ["接受家长监督。" * 60] * 12, reference="n-1"))

    assert len(found) > 2
    for number, text in enumerate(found, 1):
        assert f"第{number}页，共{len(found)}页" in re.sub(r"\s", "", text)
        assert "n-1" in text


@pytest.mark.parametrize(
    "text",
    [
        "接受家长监督" * 40,
        "没有空格的长句子，一直写下去。" * 20,
        "第12条没有空格的长句子，一直写，" * 20,
        "abcd" * 100,
    ],
)
def test_a_long_line_without_spaces_is_broken_to_fit_the_paper(text: str):
    printed = letter("通知", [text], reference="n-1")

    found = [line.strip() for line in pages(printed)[0].partition("n-1")[0].splitlines()]
    lines = [line for line in found if line[:1] in text]
    assert "".join(lines) == text
    assert len(lines) > 3
    assert max(_width(line, 11) for line in lines) <= paper.WIDTH + 11, "a comma may hang out"
    assert not any(line.startswith(("，", "。")) for line in lines)


def test_long_values_are_broken_to_fit_their_cells():
    printed = application_form({**FORM, "school_name": "很长的校名" * 30, "facts": FACTS * 8})

    has(printed, "很长的校名" * 30, FACTS * 8)
    lines = [line for text in pages(printed) for line in text.splitlines()]
    names = [line for line in lines if "很长的校名" in line]
    assert max(_width(line, 11) for line in names) <= paper.WIDTH - paper.LABEL + 11


def _width(line: str, size: int) -> float:
    return sum(float(stringWidth(part, font, size)) for font, part in runs(line))


def test_a_name_is_text_and_never_markup():
    name = "<b>张</b>&amp;<font size=99>"

    has(application_form({**FORM, "student_name": name}), name)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("张小明", "张小明"),
        ("买买提·艾力", "买买提·艾力"),
        ("𠮷田", "[U+20BB7]田"),
        ("䶵㐀", "䶵㐀"),
        ("Zoë Müller", "Zoë Müller"),
        ("张\x00小\u200b明", "张小明"),
        ("张　小\n明", "张 小 明"),
        ("☃", "[U+2603]"),
        ("\ue000", "[U+E000]"),
    ],
)
def test_a_character_that_no_font_has_is_written_as_its_code_point(typed: str, shown: str):
    assert printable(typed) == shown


def test_the_names_dot_is_set_in_the_font_that_has_it():
    assert runs("艾·力1") == [(SONG, "艾"), (WESTERN, "·"), (SONG, "力"), (WESTERN, "1")]
