"""What the services would answer about a term's plan, staff, offerings, places and filing."""

from __future__ import annotations

from typing import Any

HERE = {"school_id": "s1", "term_id": "te-1"}
AT = "2026-08-24T09:00:00.000+08:00"
LI, ZHAO, SUN = "t-1", "t-2", "t-3"


def line(item: str, stage: str, state: str, name: str, **more: Any) -> dict[str, Any]:
    """A line of the checklist."""
    return {
        "item": item,
        "stage": stage,
        "state": state,
        "explainable": False,
        "clauses": [],
        "name": {"zh": name, "en": item.replace("_", " ")},
        "reason": None,
        **more,
    }


PLAN: dict[str, Any] = {
    **HERE,
    "standing": "preparation",
    "version": 1,
    "in_force": None,
    "first_day": "2026-09-01",
    "last_day": "2027-01-22",
    "checklist": [
        line("leading_group", "survey", "done", "成立工作领导小组"),
        line("safety_plan", "preparation", "missing", "安全预案"),
        line(
            "pipa_club", "preparation", "explained", "琵琶社团", explainable=True, reason="没有琴"
        ),
        line("custody_offered", "preparation", "missing", "课后托管服务", explainable=True),
        line("custody_end_set", "preparation", "missing", "托管结束时间"),
        line("curriculum_complete", "preparation", "missing", "开齐开足国家课程的声明"),
        line("parents_meeting", "opening", "missing", "家长会"),
        line("duty:safety", "preparation", "done", "岗位落实到人：安全"),
        line("duty:contact", "preparation", "missing", "岗位落实到人：家校联系"),
    ],
    "missing": 6,
    "next": "submit_plan",
    "answerable": [
        {"kind": "duty", "what": "safety", "staff_id": LI, "name": "李老师"},
        {"kind": "head", "what": "leading_group", "staff_id": LI, "name": "李老师"},
        {"kind": "member", "what": "leading_group", "staff_id": ZHAO, "name": "赵老师"},
        {"kind": "post", "what": "coordinator", "staff_id": ZHAO, "name": "赵老师"},
        {"kind": "post", "what": "choir", "staff_id": LI, "name": "李老师"},
        {"kind": "venue", "what": "音乐教室", "staff_id": SUN, "name": None},
        {"kind": "offering", "what": "合唱", "staff_id": LI, "name": "李老师"},
    ],
    "reviews": [],
    "teachers_leaving": [],
    "meetings": [{"kind": "staff_meeting", "held_on": "2026-08-20", "minutes": "全体自愿。"}],
    "disclosed": True,
    "feature_share_bp": 6000,
    "contacts_short": 2,
    "applications_open": False,
}

RETURNED = {
    "version": 1,
    "submitted_at": AT,
    "decided_at": "2026-08-25T09:00:00.000+08:00",
    "outcome": "returned",
    "items": ["safety_plan", "gone_since"],
    "reason": "预案没有走失的处置流程。",
    "documents": {"safety_plan": 1},
}

STAFF = [
    {"staff_id": LI, "school_id": "s1", "kind": "school_staff", "name": "李老师"},
    {"staff_id": ZHAO, "school_id": "s1", "kind": "school_staff", "name": "赵老师"},
    {"staff_id": SUN, "school_id": "s1", "kind": "retired_teacher", "name": None},
]


def _volunteer(staff_id: str, *, fit: bool) -> dict[str, Any]:
    return {
        "staff_id": staff_id,
        "term_id": "te-1",
        "until": None,
        "name": next(each["name"] for each in STAFF if each["staff_id"] == staff_id),
        "kind": "school_staff",
        "screened": fit,
        "statement": fit,
        "assignable": fit,
    }


def _fitness(staff_id: str, result: str | None, until: str | None, version: str | None) -> Any:
    return {
        "staff_id": staff_id,
        "kind": "school_staff",
        "result": result,
        "checked_on": "2026-08-18" if result else None,
        "valid_until": until,
        "screened": until is not None,
        "statement_version": version,
        "statement_signed": version is not None,
    }


VENUE = {
    "venue_id": "ve-1",
    "school_id": "s1",
    "name": "音乐教室",
    "kind": "special_room",
    "capacity": 45,
    "equipment": ["钢琴"],
    "accountable_id": LI,
    "taken": [{"title": "合唱", "weekdays": [1, 3], "starts": "16:15", "ends": "17:00"}],
}

OFFERING: dict[str, Any] = {
    **HERE,
    "offering_id": "of-1",
    "title": "合唱",
    "service_kind": "after_school_custody",
    "content_kind": "club",
    "part": "dynamic",
    "subject": None,
    "teacher_id": LI,
    "venue_id": "ve-1",
    "capacity": 40,
    "grades": [1, 2, 3],
    "weekdays": [1, 3],
    "starts": "16:15",
    "ends": "17:00",
    "provider_of_record": "s1",
    "taught_by": "school",
    "provider_removed": False,
    "standing": "open",
    "teacher_name": "李老师",
    "venue_name": "音乐教室",
    "held": 38,
    "waiting": 0,
    "free": 2,
    "is_free": False,
    "reason": None,
}


def offering(number: int, standing: str, **more: Any) -> dict[str, Any]:
    """An offering of the term."""
    return {**OFFERING, "offering_id": f"of-{number}", "standing": standing, **more}


def _session(on: str, standing: str, **more: Any) -> dict[str, Any]:
    return {
        "offering_id": "of-1",
        "on": on,
        "content_kind": "club",
        "teacher_id": LI,
        "standing": standing,
        "substituted": False,
        "description": "学唱两首歌",
        "guidance": None,
        "reason": None,
        "may_run": standing == "approved",
        **more,
    }


def provider(number: int, standing: str, **more: Any) -> dict[str, Any]:
    """An outside body."""
    return {
        "provider_id": f"pv-{number}",
        "school_id": "s1",
        "licence_valid_until": "2027-06-30",
        "agreed_price_fen": 30000,
        "leaves_on": None,
        "standing": standing,
        "name": f"青少年宫{number}",
        "licence_no": f"教民 {number}",
        "admitted_at": AT,
        "reason": None,
        **more,
    }


TERM_PLAN: dict[str, Any] = {
    "list_providers": {
        "items": [
            provider(1, "admitted"),
            provider(2, "removed", leaves_on="2026-08-30", reason="无故缺课"),
            provider(3, "licence_ended", licence_valid_until="2026-08-31", agreed_price_fen=None),
        ]
    },
    "get_term_plan": PLAN,
    "list_staff": {"items": STAFF},
    "list_volunteers": {"items": [_volunteer(LI, fit=True), _volunteer(ZHAO, fit=False)]},
    "list_staff_fitness": {
        "items": [
            _fitness(LI, "clear", "2027-08-31", "2026-1"),
            _fitness(ZHAO, None, None, None),
            _fitness(SUN, "barred", None, None),
        ]
    },
    "get_responsibility_statement": {
        "statement_version": "2026-1",
        "effective_from": "2026-08-01",
        "text": "我自愿参加，尽到看护责任。",
        "text_sha256": "ab" * 32,
    },
    "list_rules": {
        "items": [
            {
                "document": "implementation_plan",
                "version": 2,
                "text_sha256": "ab" * 32,
                "published_at": AT,
                "text": "自愿参加，专人看护。",
            }
        ],
        "missing": ["entry_exit"],
    },
    "get_disclosure": {
        **HERE,
        "school_name": "榆树小学",
        "mode": "校内集中看护",
        "content": "作业和文体活动",
        "safety_measures": "清点、交接签字",
        "text_sha256": "ab" * 32,
    },
    "list_venues": {"items": [VENUE]},
    "list_offerings": {
        "items": [
            offering(1, "open"),
            offering(2, "proposed", title="书法"),
            offering(3, "returned", title="奥数", reason="超出课程标准"),
            offering(4, "closed", title="旧项目"),
        ]
    },
    "propose_offering": OFFERING,
    "list_session_contents": {
        "items": [
            _session("2026-09-07", "submitted"),
            _session("2026-09-02", "approved", guidance="注意嗓子"),
            _session("2026-09-09", "returned", reason="太难", substituted=True),
        ]
    },
    "get_allocation": {
        "allocation_id": "al-1",
        "term_id": "te-1",
        "seed": "开学第一课",
        "rule": "lottery",
        "input_sha256": "cd" * 32,
        "pupils": 50,
        "placed": 40,
    },
    "get_pack": {
        **HERE,
        "term_name": "2026 年秋季学期",
        "school_name": "榆树小学",
        "state": "missing",
        "due_on": "2026-10-01",
        "days_overdue": 0,
        "filing": 0,
        "parts": {
            "courses": [{"title": "合唱"}],
            "staffing": [{"staff_id": LI, "offering": "合唱"}],
            "roster": [],
            "charges": [],
            "management": [{"document": "safety_plan", "version": 1}],
        },
        "missing": ["roster", "charges"],
        "pack_sha256": "ef" * 32,
    },
}
