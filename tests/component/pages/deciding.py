"""What enrollment would answer a bureau about plans, filings and its policy."""

from __future__ import annotations

from typing import Any

from tests.component.gateway.world import Call

TERM = {
    "term_id": "te-1",
    "term_name": "2026 年秋季学期",
    "school_id": "s1",
    "school_name": "榆树小学",
}


def waiting(number: int, days: int) -> dict[str, Any]:
    """A plan that waits for the bureau."""
    return {
        **TERM,
        "term_id": f"te-{number}",
        "school_name": f"第{number}小学",
        "version": 1,
        "submitted_at": "2026-08-25T09:00:00.000+08:00",
        "days_waiting": days,
    }


def filing(number: int, state: str, days: int = 0) -> dict[str, Any]:
    """Where a term's filing stands."""
    return {
        **TERM,
        "term_id": f"te-{number}",
        "school_name": f"第{number}小学",
        "state": state,
        "due_on": "2026-09-30",
        "days_overdue": days,
        "filing": int(state not in ("missing", "overdue")),
    }


def item(name: str, zh: str, state: str, stage: str = "survey") -> dict[str, Any]:
    """An item of the checklist."""
    return {
        "item": name,
        "stage": stage,
        "state": state,
        "explainable": True,
        "clauses": ["P1-020"],
        "name": {"zh": zh, "en": name},
        "reason": "琴房在修" if state == "explained" else None,
    }


def offering(number: int, standing: str = "proposed") -> dict[str, Any]:
    """An offering as the bureau sees it."""
    return {
        "offering_id": f"of-{number}",
        "school_id": "s1",
        "term_id": "te-1",
        "title": f"琵琶社团{number}",
        "service_kind": "after_school_custody",
        "content_kind": "club",
        "part": "dynamic",
        "subject": "pipa_club",
        "teacher_id": "t-1",
        "venue_id": "v-1",
        "capacity": 40,
        "grades": [3, 4],
        "weekdays": [1, 3],
        "starts": "16:15",
        "ends": "17:00",
        "provider_of_record": "s1",
        "taught_by": "school",
        "standing": standing,
        "provider_removed": False,
        "teacher_name": "吴老师",
        "venue_name": "音乐教室",
        "held": 0,
        "waiting": 0,
        "free": 40,
        "is_free": False,
        "reason": "时间太晚" if standing == "returned" else None,
    }


PLAN: dict[str, Any] = {
    "term_id": "te-1",
    "school_id": "s1",
    "standing": "submitted",
    "version": 2,
    "in_force": None,
    "first_day": "2026-09-01",
    "last_day": "2027-01-22",
    "checklist": [
        item("staff_meeting", "召开教师大会", "done"),
        item("pipa_club", "琵琶社团", "explained", "preparation"),
        item("duty:safety", "岗位落实到人：safety", "missing", "preparation"),
    ],
    "missing": 1,
    "meetings": [],
    "teachers_leaving": [],
    "next": "wait",
    "answerable": [{"what": "safety", "kind": "duty", "staff_id": "t-1", "name": "吴老师"}],
    "reviews": [
        {
            "version": 1,
            "submitted_at": "2026-08-20T09:00:00.000+08:00",
            "decided_at": "2026-08-21T09:00:00.000+08:00",
            "outcome": "returned",
            "items": ["staff_meeting"],
            "reason": "请补教师大会记录",
            "documents": {},
        }
    ],
    "disclosed": False,
    "feature_share_bp": 5000,
    "contacts_short": 0,
    "applications_open": False,
}


def rule(document: str, text: str) -> dict[str, Any]:
    """A written rule of the school."""
    return {
        "document": document,
        "version": 1,
        "text_sha256": "ab" * 32,
        "published_at": "2026-08-20T09:00:00.000+08:00",
        "text": text,
    }


PACK: dict[str, Any] = {
    **filing(1, "filed"),
    "parts": {
        "courses": [
            {name: offering(1)[name] for name in ("title", "service_kind", "content_kind")}
            | {"grades": [3], "weekdays": [1], "starts": "15:30", "ends": "17:00"}
        ],
        "staffing": [{"staff_id": "t-1", "offering": "琵琶社团1"}],
        "roster": [
            {"student_id": "st-1", "name": "周*满", "class_name": "三年级2班"},
            {"student_id": "st-2", "name": "陈*诺", "class_name": "三年级2班"},
        ],
        "charges": [
            {"parameter": "tariff_fen", "value": 8000},
            {"parameter": "waiver_ratio_bp", "value": {"registered_poor": 5000}},
        ],
        "management": [
            {"proof": "body:leading_group", "value": {"head_id": "t-1", "member_ids": ["t-1"]}},
            {"proof": "duty:safety", "value": "t-1"},
            {"document": "safety_plan", "version": 1},
        ],
    },
    "missing": [],
    "pack_sha256": "ab" * 32,
}


def detail(name: str, shape: str, source: str, value: Any) -> dict[str, Any]:
    """A parameter with where it comes from."""
    return {
        "parameter": name,
        "clauses": ["P1-013"],
        "meaning": {"zh": f"〔{name}〕", "en": f"[{name}]"},
        "value": value,
        "shape": shape,
        "source": source,
    }


DIFFERS = {"zh": "（不一致：5）", "en": "(differs: 5)"}
CONFLICT = {"rule": "five_plus_two_weekdays", "parameter": "service_weekdays", "text": DIFFERS}
DISTRICT: dict[str, Any] = {
    "profile": "urban-district",
    "title": "实施方案一",
    "level": "district",
    "district_id": "d1",
    "version": 1,
    "effective_from": "2024-09-01",
    "citations": [],
    "parameters": {
        "waiver_ratio_bp": {"registered_poor": 5000},
        "class_review_required": True,
        "service_kinds": {"primary": ["after_school_custody", "interest_activity"]},
        "content_kinds": {"after_school_custody": ["homework_guidance", "club", "sport"]},
        "required_subjects": ["pipa_club"],
        "priority_categories": ["disabled", "economic_hardship"],
        "tie_break": "lottery",
    },
    "unset": [],
    "details": [
        detail("service_weekdays", "weekdays", "plan", [1, 2, 3, 4]),
        detail("tariff_fen", "fen", "bureau", 8000),
        detail("fee_cap_primary_fen", "fen", "unset", None),
    ],
    "conflicts": [CONFLICT],
}
NATIONAL: dict[str, Any] = {
    **DISTRICT,
    "profile": "national-2023",
    "district_id": None,
    "details": [detail("five_plus_two_weekdays", "weekdays", "plan", [1, 2, 3, 4, 5])],
    "conflicts": [],
}


def policy(asked: Call) -> dict[str, Any]:
    """The district's policy, or the national rules."""
    return NATIONAL if asked.params.get("profile") == "national-2023" else DISTRICT


def proposal(number: int, state: str, **more: Any) -> dict[str, Any]:
    """A proposed version."""
    return {
        "proposal_id": f"pr-{number}",
        "district_id": "d1",
        "profile": "urban-district",
        "based_on": 1,
        "effective_from": "2026-09-01",
        "state": state,
        "version": 2 if state == "activated" else None,
        "proposed_at": "2026-08-28T09:00:00.000+08:00",
        "settled_at": "2026-09-01T08:00:00.000+08:00" if state == "activated" else None,
        "reason": "市局会议纪要",
        "changes": [
            {
                "parameter": "service_weekdays",
                "meaning": {"zh": "〔service_weekdays〕", "en": "[service_weekdays]"},
                "clauses": ["P1-013"],
                "before": [1, 2, 3, 4],
                "after": [1, 2, 3, 4, 5],
            }
        ],
        "conflicts": [],
        **more,
    }


def breach(number: int, **more: Any) -> dict[str, Any]:
    """A report about the school."""
    return {
        "breach_id": f"br-{number}",
        "school_id": "s1",
        "kind": "new_lesson",
        "occurred_on": "2026-08-31",
        "reported_on": "2026-09-01",
        "anonymous": True,
        "source_role": "guardian",
        "narrative": "周一托管时讲了新课。",
        **more,
    }


ALERT = {
    "kind": "full_take_up",
    "class_id": "c-32",
    "class_name": "三年级2班",
    "pupils": 40,
    "applications": 40,
    "accounts": 38,
    "first_at": "2026-08-20T09:00:00+08:00",
    "last_at": "2026-08-20T09:04:00+08:00",
    "text": {"zh": "全班 40 名学生都提交了申请。", "en": "All 40 pupils have applied."},
}

DECIDING: dict[str, Any] = {
    "list_voluntariness_alerts": {"items": [ALERT]},
    "list_breaches": {
        "items": [
            breach(1),
            breach(2, anonymous=False, source_role="teacher", occurred_on=None, kind="other"),
        ],
        "next": None,
    },
    "list_district_plans": {
        "reviews": [waiting(1, 7), waiting(2, 0)],
        "filings": [filing(3, "acknowledged"), filing(4, "filed"), filing(5, "overdue", 4)],
    },
    "get_term_plan": PLAN,
    "list_rules": {
        "items": [rule("safety_plan", "预案。" * 400), rule("entry_exit", "进出登记。")],
        "missing": ["implementation_plan"],
    },
    "list_offerings": {"items": [offering(1), offering(2, "returned")]},
    "get_pack": PACK,
    "get_policy": policy,
    "list_districts": {
        "items": [{"district_id": "d1", "name": "城区", "profile": "urban-district"}]
    },
    "list_policy_proposals": {
        "items": [
            proposal(1, "ready"),
            proposal(2, "waiting", effective_from="2026-10-01", conflicts=[CONFLICT]),
            proposal(3, "outdated"),
            proposal(4, "activated"),
        ]
    },
}
