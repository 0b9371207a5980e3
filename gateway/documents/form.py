"""The written application for custody, as the family sent it (P1-061, P2-049)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.documents import paper
from gateway.documents.words import account, day, instant, place, word

NAME = "课后服务申请书"


def application_form(form: Mapping[str, Any]) -> bytes:
    """Return the PDF of what ``get_application_form`` answers."""
    kinds = "、".join(word("service_kind", kind) for kind in form["service_kinds"])
    relation = f"（{word('relation', form['relation'])}）" if form["relation"] else ""
    term = f"{form['term_name']}（{day(form['first_day'])} 至 {day(form['last_day'])}）"
    return paper.print_on_paper(
        f"{NAME} {form['application_id']}",
        [
            paper.title(NAME),
            paper.facts(
                [
                    ("学校", form["school_name"]),
                    ("学生", form["student_name"]),
                    ("申请时班级", form["class_name"]),
                    ("申请人", f"{form['guardian_name']}{relation}"),
                    ("学期", term),
                    ("服务项目", kinds),
                    ("提交时间", instant(form["submitted_at"])),
                    ("申请编号", form["application_id"]),
                    ("现在的状态", word("application", form["state"])),
                ]
            ),
            *paper.prose("本人作为学生的监护人，自愿为学生申请以上服务。是否参加由家庭自行决定。"),
            paper.heading("同意记录"),
            paper.facts(
                [
                    ("提交账号", account(form["consent"])),
                    ("同意时间", instant(form["consent"]["at"])),
                    ("日志位置", place(form["recorded"])),
                    ("校验值", form["facts_sha256"]),
                    ("校验内容", form["facts"]),
                ],
                codes=("日志位置", "校验值", "校验内容"),
            ),
            paper.note(
                "校验值是校验内容的 SHA-256。校验内容只用编号指代人员，提交后不再变化；"
                "日志位置处的记录可以向平台索取证明。"
            ),
        ],
        f"{NAME} · {form['application_id']}",
    )
