"""The agreement and the letter: texts, versions and hashes, the parties, who signed when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.documents import paper
from gateway.documents.words import account, instant, place

NAME = "课后服务托管协议"


def custody_agreement(agreement: Mapping[str, Any]) -> bytes:
    """Return the PDF of what ``get_agreement_record`` answers, signed or still to sign."""
    first, _, rest = agreement["text"].partition("\n")
    parties = agreement["parties"]
    signature = agreement["signature"]
    return paper.print_on_paper(
        f"{NAME} {agreement['application_id']}",
        [
            paper.title(first),
            *paper.prose(rest),
            *_letter(agreement),
            paper.heading("双方与版本"),
            paper.facts(
                [
                    ("甲方（学校）", agreement["school_name"]),
                    ("学生", f"{agreement['student_name']}（{agreement['class_name']}）"),
                    ("乙方（监护人）", parties.get("guardian", "")),
                    ("协议版本", agreement["agreement_version"]),
                    ("正文校验值", agreement["text_sha256"]),
                    *_letter_facts(agreement),
                ],
                codes=("正文校验值", "责任书校验值"),
            ),
            *_confirmed(agreement),
            *(_signed(agreement, signature) if signature else _unsigned()),
        ],
        f"{NAME} · {agreement['application_id']}",
    )


def _letter(agreement: Mapping[str, Any]) -> list[Any]:
    if agreement["letter_text"] is None:
        return []
    first, _, rest = agreement["letter_text"].partition("\n")
    return [paper.heading(first), *paper.prose(rest)]


def _letter_facts(agreement: Mapping[str, Any]) -> list[tuple[str, str]]:
    if agreement["letter_text"] is None:
        return []
    return [
        ("责任书版本", agreement["letter_version"]),
        ("责任书校验值", agreement["letter_sha256"]),
    ]


def _confirmed(agreement: Mapping[str, Any]) -> list[Any]:
    consent = agreement["school_consent"]
    if consent is None:
        return []
    return [
        paper.heading("学校确认记录"),
        paper.facts(
            [
                ("学校", agreement["school_name"]),
                ("确认账号", account(dict(consent))),
                ("确认公示名单", instant(consent["at"])),
                ("日志位置", place(consent["recorded"])),
            ],
            codes=("日志位置",),
        ),
    ]


def _signed(agreement: Mapping[str, Any], signature: Mapping[str, Any]) -> list[Any]:
    same = signature["text_sha256"] == agreement["text_sha256"]
    letter = agreement["letter_signature"]
    return [
        paper.heading("签署记录"),
        paper.facts(
            [
                ("签署人", agreement["parties"].get("guardian", "")),
                ("签署账号", account(dict(signature))),
                ("签署时间", instant(signature["at"])),
                ("日志位置", place(signature["recorded"])),
                ("签署时校验值", signature["text_sha256"]),
                ("与正文", "一致" if same else "不一致，请联系学校核对"),
                *([("责任书", f"同时签署，{instant(letter['at'])}")] if letter else []),
            ],
            codes=("日志位置", "签署时校验值"),
        ),
        paper.note("校验值是协议正文的 SHA-256；正文只用编号指代人员，姓名列在上表。"),
    ]


def _unsigned() -> list[Any]:
    return [
        paper.heading("签署记录"),
        *paper.prose("尚未签署。在平台上签署后，这里会列出签署人、账号和时间。"),
        paper.lines_to_sign(("甲方", "乙方")),
    ]
