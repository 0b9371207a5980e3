"""What the services would answer about a term's offerings and places, for pages to show."""

from __future__ import annotations

from typing import Any


def offering(number: int, title: str, **more: Any) -> dict[str, Any]:
    """An open offering for the child's grade."""
    return {
        "offering_id": f"of-{number}",
        "school_id": "s1",
        "term_id": "te-1",
        "title": title,
        "service_kind": "after_school_custody",
        "content_kind": "club",
        "part": "dynamic",
        "subject": None,
        "teacher_id": "t-1",
        "teacher_name": "吴老师",
        "venue_id": "ve-1",
        "venue_name": "音乐教室",
        "capacity": 40,
        "grades": [1, 2, 3, 4, 5, 6],
        "weekdays": [1, 3],
        "starts": "16:15",
        "ends": "17:00",
        "provider_of_record": "s1",
        "taught_by": "school",
        "standing": "open",
        "held": 28,
        "waiting": 0,
        "free": 12,
        "is_free": False,
        "reason": None,
        **more,
    }


OFFERINGS = [
    offering(1, "琵琶社团"),
    offering(2, "个别辅导", content_kind="individual_help", is_free=True),
    offering(3, "编程社团", free=0, held=40, waiting=3),
    offering(4, "低年级绘本", grades=[1, 2]),
]

PLACES: dict[str, Any] = {"choices": ["of-3", "of-1"], "items": [], "explanation": None}


def place(offering_id: str, title: str, standing: str, **more: Any) -> dict[str, Any]:
    """A place of the child."""
    return {
        "offering_id": offering_id,
        "student_id": "st-1",
        "title": title,
        "standing": standing,
        "ahead": 0,
        "until": None,
        **more,
    }


DISCLOSURE = {
    "mode": "放学后在校内集中看护。",
    "content": "自主阅读和社团。",
    "safety_measures": "专人点名看护。",
    "text_sha256": "ef" * 32,
}
_PUBLIC = (
    "offering_id title service_kind content_kind part grades weekdays starts ends capacity "
    "waiting free is_free"
).split()

PUBLIC_SERVICE: dict[str, Any] = {
    "school_id": "s1",
    "name": "榆树小学",
    "stage": "primary",
    "area": "urban",
    "district_name": "城北区",
    "terms": [
        {
            "term_id": "te-1",
            "name": "2026 年秋季学期",
            "first_day": "2026-09-01",
            "last_day": "2027-01-22",
            "standing": "running",
            "applications_open": True,
            "disclosure": DISCLOSURE,
            "offerings": [{name: each[name] for name in _PUBLIC} for each in OFFERINGS],
        }
    ],
}

RECORDED = {"service": "enrollment", "partition": "s1", "seq": 9, "event_id": "ev-9"}
_SIGNED = {"account_id": "a-g", "role": "guardian", "at": "2026-08-28T10:05:00+08:00"}

AGREEMENT_RECORD: dict[str, Any] = {
    "school_name": "榆树小学",
    "parties": {"student": "周小满", "guardian": "周明"},
    "school_consent": {
        "account_id": "a-o",
        "role": "school_office",
        "at": "2026-08-28T08:00:00+08:00",
        "publicity_id": "pu-1",
        "recorded": RECORDED,
    },
    "signature": {**_SIGNED, "guardian_id": "g-1", "text_sha256": "ab" * 32, "recorded": RECORDED},
    "letter_signature": {
        **_SIGNED,
        "guardian_id": "g-1",
        "text_sha256": "cd" * 32,
        "recorded": RECORDED,
    },
}

DUTY: dict[str, Any] = {
    "staff_id": "t-1",
    "term_id": "te-1",
    "kind": "school_staff",
    "volunteers": False,
    "until": None,
    "screened": True,
    "statement": False,
    "assignable": False,
}

STATEMENT = {
    "statement_version": "2026-1",
    "effective_from": "2024-09-01",
    "text": "看护人员责任书\n不擅自离岗，交接时清点人数。",
    "text_sha256": "12" * 32,
}


def content(on: str, standing: str, **more: Any) -> dict[str, Any]:
    """A planned session of the first offering."""
    return {
        "offering_id": "of-1",
        "on": on,
        "content_kind": "club",
        "teacher_id": "t-1",
        "standing": standing,
        "substituted": False,
        "description": "学习右手轮指。",
        "guidance": None,
        "reason": None,
        "may_run": standing == "approved",
        **more,
    }


CONTENTS = [
    content("2026-09-02", "approved", guidance="注意分组。"),
    content("2026-09-07", "returned", reason="请写清怎样照顾初学的学生。"),
]

TERM_WORK: dict[str, Any] = {
    "list_offerings": {"items": OFFERINGS},
    "my_places": PLACES,
    "get_public_service": PUBLIC_SERVICE,
    "my_duty": DUTY,
    "get_responsibility_statement": STATEMENT,
    "list_session_contents": {"items": CONTENTS},
    "list_class_support": {"items": [{"student_id": "st-2", "support": "左耳听力弱，请坐前排。"}]},
    "get_agreement_record": AGREEMENT_RECORD,
}
