"""What enrollment would answer about notices, surveys and opinions."""

from __future__ import annotations

from typing import Any

HERE = {"school_id": "s1", "term_id": "te-1"}


def notice(number: int, *, read: bool | None) -> dict[str, Any]:
    """A notice to guardians."""
    return {
        **HERE,
        "notice_id": f"no-{number}",
        "audience": "guardians",
        "kind": "service",
        "published_at": f"2026-08-2{number}T09:00:00.000+08:00",
        "recipients": 40,
        "title": f"课后服务通知{number}",
        "read": read,
        "readers": 12,
    }


SURVEY: dict[str, Any] = {
    **HERE,
    "survey_id": "su-1",
    "purpose": "demand",
    "audience": "guardians",
    "anonymous": True,
    "offering_id": None,
    "state": "open",
    "opened_at": "2026-08-21T09:00:00.000+08:00",
    "closed_at": None,
    "answers": 7,
    "invited": 40,
    "response_rate_bp": None,
    "title": "开学前问问您",
}

WHOLE_SURVEY: dict[str, Any] = {
    **SURVEY,
    "questions": [
        {
            "question_id": "friday",
            "kind": "choice",
            "text": "要不要增加周五？",
            "options": [{"option_id": "yes", "text": "要"}, {"option_id": "no", "text": "不要"}],
        },
        {"question_id": "joy", "kind": "rating", "text": "孩子喜欢吗？", "options": []},
        {"question_id": "words", "kind": "text", "text": "还想说什么？", "options": []},
    ],
    "choices": [
        {"weekday": 1, "service_kind": "lunch"},
        {"weekday": 1, "service_kind": "after_school_custody"},
        {"weekday": 2, "service_kind": "after_school_custody"},
    ],
    "response": None,
    "results_state": "not_yet",
    "results": None,
    "trend": [],
    "children": [
        {"student_id": "st-1", "answered": True},
        {"student_id": "st-2", "answered": False},
    ],
}


def closed() -> dict[str, Any]:
    """The survey once it is closed."""
    results = [
        {"question_id": "friday", "answers": 7, "counts": {"yes": 5, "no": 2}},
        {"question_id": "joy", "answers": 4, "counts": None},
        {"question_id": "words", "answers": 2, "counts": None, "texts": ["想踢球"]},
    ]
    return {
        **WHOLE_SURVEY,
        "state": "closed",
        "closed_at": "2026-08-30T09:00:00.000+08:00",
        "response_rate_bp": 1750,
        "response": "从下月起增加周五。",
        "results_state": "shown",
        "results": [{"average_hundredths": None, "texts": None, **each} for each in results],
    }


def opinion(number: int, waits_for: str | None) -> dict[str, Any]:
    """An opinion at the school's office."""
    replied = waits_for != "reply"
    return {
        "school_id": "s1",
        "opinion_id": f"op-{number}",
        "source": "npc_deputy",
        "received_at": "2026-08-20T09:00:00.000+08:00",
        "state": "open" if waits_for else "settled",
        "waits_for": waits_for,
        "answered_at": "2026-08-22T09:00:00.000+08:00" if replied else None,
        "improvement_id": None if waits_for else "im-1",
        "text": "放学太挤了",
        "contact": None,
        "reply": "马上改" if replied else None,
        "waiting_days": 12,
    }


LISTENING: dict[str, Any] = {
    "list_notices": {"items": [notice(2, read=True), notice(1, read=False)], "next": None},
    "get_notice": {**notice(1, read=False), "text": "自愿参加，请阅读。"},
    "list_surveys": {"items": [SURVEY]},
    "get_survey": WHOLE_SURVEY,
    "open_survey": {"survey_id": "su-1"},
    "get_demand": {
        "term_id": "te-1",
        "survey_id": "su-1",
        "state": "open",
        "results_state": "shown",
        "choices": WHOLE_SURVEY["choices"],
        "grades": [
            {"grade": 2, "pupils": 20, "answers": None, "too_few": True},
            {"grade": 3, "pupils": 20, "answers": 7, "too_few": False},
        ],
        "items": [
            {"grade": 3, **each, "wishes": 3, "places": 2} for each in WHOLE_SURVEY["choices"]
        ],
    },
    "list_opinions": {
        "items": [opinion(1, "reply"), opinion(2, "improvement"), opinion(3, None)],
        "next": None,
    },
    "list_improvements": {
        "items": [
            {
                "improvement_id": "im-1",
                "school_id": "s1",
                "survey_id": None,
                "published_at": "2026-08-25T09:00:00.000+08:00",
                "opinions": 1,
                "title": "分批放学",
                "text": "三个门分年级。",
            }
        ]
    },
}
