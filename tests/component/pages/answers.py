"""What the services would answer on the afternoon of 1 September, for pages to show."""

from __future__ import annotations

import copy
from typing import Any

from tests.component.pages.deciding import DECIDING
from tests.component.pages.listening import LISTENING
from tests.component.pages.term import TERM_PLAN
from tests.component.pages.term_work import TERM_WORK

CHILD = "st-1"
GUARDIAN = "g-1"
AUNT = "r-1"
NASTY = "<script>alert(1)</script>"

NAMES = {
    "st-1": {"name": "周小满", "class_name": "三年级2班"},
    "st-2": {"name": "陈一诺", "class_name": "三年级2班"},
    "st-3": {"name": "林晨", "class_name": "三年级1班"},
    "st-4": {"name": "欧阳晨曦", "class_name": "三年级2班"},
    "st-5": {"name": "李想", "class_name": "三年级2班"},
    "g-1": {"name": "周明"},
    "t-1": {"name": "吴老师"},
    "c-31": {"name": "三年级1班"},
    "c-32": {"name": "三年级2班"},
}

TERM = {
    "term_id": "te-1",
    "name": "2026 年秋季学期",
    "first_day": "2026-09-01",
    "last_day": "2027-01-22",
    "state": "enrolled",
    "application_id": "ap-1",
    "service_kinds": ["after_school_custody"],
    "previous_service_kinds": [],
    "publicity_id": "pu-1",
    "closes_on": "2026-08-27",
    "withdrawn_on": None,
    "suspended_from": None,
    "suspended_until": None,
    "reason": None,
    "applications_open": True,
    "pupil_assent_required": False,
    "pupil_assents": None,
    "next": {"action": "none", "zh": "已参加，等开学。", "en": "Enrolled."},
}


def _child(student_id: str, name: str, **term: Any) -> dict[str, Any]:
    return {
        "student_id": student_id,
        "name": name,
        "school_id": "s1",
        "school_name": "榆树小学",
        "class_id": "c-32",
        "class_name": "三年级2班",
        "grade": 3,
        "left_on": None,
        "offered_service_kinds": ["after_school_custody", "interest_activity"],
        "terms": [{**TERM, **term}],
    }


def not_applied(name: str = "周小禾") -> dict[str, Any]:
    """A child for whom nobody has decided yet."""
    step = {
        "action": "apply",
        "zh": "可以报名，也可以不参加。",
        "en": "Apply, or do not.",
    }
    return _child("st-9", name, state="not_applied", application_id=None, next=step)


def to_sign() -> dict[str, Any]:
    """A child whose agreement is ready."""
    step = {"action": "sign", "zh": "名单已确认，请签协议。", "en": "Sign the agreement."}
    return _child("st-8", "周小麦", state="confirmed", next=step)


CHILD_TODAY = {
    "student_id": CHILD,
    "date": "2026-09-01",
    "status": "present",
    "since": "2026-09-01T15:31:00+08:00",
    "class_id": "c-32",
    "session_id": "se-1",
    "service_kind": "after_school_custody",
    "starts_at": "2026-09-01T15:30:00+08:00",
    "ends_at": "2026-09-01T17:30:00+08:00",
    "responsible_id": "t-1",
    "receiver_id": None,
    "receiver_name": None,
    "relation": None,
}


def _authorisation(receiver: str, relation: str, name: str | None, **more: Any) -> dict[str, Any]:
    return {
        "authorisation_id": f"au-{receiver}",
        "student_id": CHILD,
        "receiver_id": receiver,
        "relation": relation,
        "valid_from": "2026-09-01",
        "valid_to": None,
        "state": "valid",
        "guardian": name is None,
        "name": name,
        "phone": "13900139000" if name else None,
        **more,
    }


AUTHORISATIONS = {
    "student_id": CHILD,
    "items": [
        _authorisation(GUARDIAN, "father", None),
        _authorisation(AUNT, "relative", "周阿姨", valid_to="2026-12-31"),
        _authorisation("r-2", "neighbour", "王叔叔", state="revoked"),
    ],
}

CODES = {
    "student_id": CHILD,
    "date": "2026-09-01",
    "items": [
        {
            "code_id": "co-1",
            "receiver_id": AUNT,
            "relation": "relative",
            "name": "周阿姨",
            "code": "407315",
            "expires_at": "2026-09-01T19:00:00+08:00",
        }
    ],
}

SESSION = {
    "session_id": "se-1",
    "school_id": "s1",
    "date": "2026-09-01",
    "service_kind": "after_school_custody",
    "class_id": "c-32",
    "starts_at": "2026-09-01T15:30:00+08:00",
    "ends_at": "2026-09-01T17:30:00+08:00",
    "responsible_id": "t-1",
    "roll_taken_at": None,
    "offering_id": None,
}


def offering_session(offering_id: str, title: str, **state: Any) -> dict[str, Any]:
    """An offering of the day; it may run unless ``state`` says otherwise."""
    return {
        "offering_id": offering_id,
        "title": title,
        "service_kind": "after_school_custody",
        "standing": "open",
        "grades": [3],
        "starts": "16:15",
        "ends": "17:00",
        "teacher_id": "t-1",
        "content_kind": "club",
        "part": "dynamic",
        "content": "approved",
        "substituted": False,
        "may_run": True,
        "reason": None,
        "detail": None,
        "sessions": [],
        **state,
    }


OFFERING_SESSIONS = {
    "date": "2026-09-01",
    "items": [
        offering_session(
            "of-1",
            "作业辅导",
            part="static",
            content="submitted",
            may_run=False,
            reason="attendance.content-not-approved",
            detail={"zh": "请学校先审核当天的内容。", "en": "The school reviews it first."},
        ),
        offering_session("of-2", "琵琶社团"),
    ],
    "lacking": {"ready": ["static"], "run": ["static", "dynamic"]},
}


def roster(*statuses: str) -> list[dict[str, Any]]:
    """Return a roster of the class with these statuses."""
    since = "2026-09-01T15:42:00+08:00"
    return [
        {"student_id": student, "status": status, "since": since}
        for student, status in zip(("st-1", "st-2", "st-4", "st-5"), statuses, strict=False)
    ]


def taken() -> dict[str, Any]:
    """The session after the roll, with one child handed over."""
    return {
        **SESSION,
        "roll_taken_at": "2026-09-01T15:35:00+08:00",
        "roster": roster("present", "absent", "handed_over", "late"),
    }


def _on_board(student_id: str, class_id: str, status: str, **more: Any) -> dict[str, Any]:
    return {
        "student_id": student_id,
        "class_id": class_id,
        "session_id": "se-1",
        "status": status,
        "since": "2026-09-01T15:42:00+08:00",
        "receiver_id": None,
        "relation": None,
        **more,
    }


BOARD = {
    "date": "2026-09-01",
    "counts": {"present": 3, "handed_over": 1, "absent": 1, "leave": 0},
    "items": [
        _on_board("st-1", "c-32", "present"),
        _on_board("st-2", "c-32", "absent"),
        _on_board("st-3", "c-31", "present"),
        _on_board("st-4", "c-32", "handed_over", receiver_id=GUARDIAN, relation="father"),
        _on_board("st-5", "c-32", "late"),
    ],
}

FOUND = {
    "ok": True,
    "reason": None,
    "detail": None,
    "student_id": CHILD,
    "class_id": "c-32",
    "receiver_id": AUNT,
    "receiver_name": "周阿姨",
    "relation": "relative",
}

NOT_FOUND = {
    **dict.fromkeys(FOUND),
    "ok": False,
    "reason": "attendance.code-unknown",
    "detail": {
        "zh": "没有这个接送码，请核对六位数字。",
        "en": "No such code; check the six digits.",
    },
}

CLASSES = {
    "items": [
        {"class_id": "c-31", "school_id": "s1", "grade": 3, "name": "三年级1班", "students": 40},
        {"class_id": "c-32", "school_id": "s1", "grade": 3, "name": "三年级2班", "students": 42},
    ]
}

SCHOOL = {
    "school_id": "s1",
    "district_id": "d1",
    "name": "榆树小学",
    "profile": "urban-district",
    "stage": "primary",
    "area": "urban",
}


def student(student_id: str) -> dict[str, Any]:
    """A pupil of the class."""
    return {
        "student_id": student_id,
        "school_id": "s1",
        "class_id": "c-32",
        "class_name": "三年级2班",
        "grade": 3,
        "name": NAMES[student_id]["name"],
        "left_on": None,
    }


def application(number: int, state: str) -> dict[str, Any]:
    """An application at the school's office."""
    return {
        "application_id": f"ap-{number}",
        "school_id": "s1",
        "student_id": "st-1",
        "student_name": "周小满",
        "class_id": "c-32",
        "class_name": "三年级2班",
        "term_id": "te-1",
        "guardian_id": GUARDIAN,
        "service_kinds": ["after_school_custody"],
        "state": state,
        "submitted_at": "2026-08-20T09:12:00+08:00",
        "publicity_id": None,
        "pupil_assents": None,
        "class_review": None,
        "review_note": None,
        "withdrawn_on": None,
        "suspended_from": None,
        "suspended_until": None,
        "reason": None,
    }


PUBLICITY = {
    "publicity_id": "pu-1",
    "school_id": "s1",
    "term_id": "te-1",
    "state": "published",
    "published_on": "2026-08-21",
    "closes_on": "2026-08-27",
    "confirmable_from": "2026-08-28",
    "count": 1,
    "items": [{"name": "周*满", "class_name": "三年级2班"}],
}


def objection(number: int, state: str = "open", **more: Any) -> dict[str, Any]:
    """An objection to the list."""
    return {
        "publicity_id": "pu-1",
        "objection_id": f"ob-{number}",
        "state": state,
        "upheld": None if state == "open" else False,
        "raised_at": "2026-08-24T09:00:00+08:00",
        "mine": True,
        "text": "我们班有一名学生没有申请。",
        "answer": None if state == "open" else "已核对，家长本人申请。",
        **more,
    }


OBJECTIONS = {"items": [objection(1, "resolved"), objection(2)]}

IMPORT = {
    "import_id": None,
    "dry_run": True,
    "file_kind": "xlsx",
    "created": 3,
    "updated": 0,
    "unchanged": 1,
    "refused": 1,
    "skipped": 0,
    "rows": [
        {"line": 2, "outcome": "created", "student_id": "st-1"}
        | dict.fromkeys(("code", "field", "detail")),
        {
            "line": 6,
            "outcome": "refused",
            "student_id": None,
            "code": "enrollment.identity-checksum",
            "field": "身份证号",
            "detail": {"zh": "校验位不对，请核对。", "en": "Wrong check digit."},
        },
    ],
}  # fmt: skip

TARIFF = {
    "school_id": "s1",
    "amount_fen": 8000,
    "currency": "CNY",
    "unit": "pupil_month",
    "effective_from": "2026-09-01",
    "status": "provisional",
    "fixed_by_plan": True,
    "cap_fen": None,
    "unset": [],
    "upcoming": [],
}

WAIVER = {
    "waiver_id": "wa-1",
    "school_id": "s1",
    "student_id": "st-2",
    "category": "registered_poor",
    "ratio_bp": 5000,
    "from_month": "2026-09",
    "to_month": None,
}

CHARGE = {
    "charge_id": "ch-1",
    "school_id": "s1",
    "student_id": "st-2",
    "term_id": "te-1",
    "month": "2026-09",
    "standard_fen": 8000,
    "waived_fen": 4000,
    "amount_fen": 4000,
    "paid_fen": 0,
    "open_fen": 4000,
    "currency": "CNY",
    "waiver_category": "registered_poor",
    "charged_at": "2026-09-01T09:00:00+08:00",
    "refund_id": None,
    "payments": [],
}

ASKED_BACK = {
    **CHARGE,
    "charge_id": "ch-0",
    "month": "2026-08",
    "paid_fen": 2500,
    "open_fen": 0,
    "refund_id": "re-1",
}

REFUND = {
    "refund_id": "re-1",
    "school_id": "s1",
    "student_id": "st-2",
    "charge_id": "ch-0",
    "month": "2026-08",
    "amount_fen": 2500,
    "lapsed_fen": 1500,
    "currency": "CNY",
    "cause": "withdrawn",
    "requested_at": "2026-09-01T09:30:00+08:00",
}

RUN = {
    "month": "2026-09",
    "charged": 2,
    "already_charged": 0,
    "free": 0,
    "refused": [{"student_id": "st-3", "code": "fees.tariff-missing"}],
    "total": {"amount_fen": 12000, "currency": "CNY"},
    "month_total": {"amount_fen": 12000, "currency": "CNY"},
}

_SCHOOL_OF_VIEW = {"school_id": "s1", "school_name": "榆树小学", "district_id": "d1"}
_FRESH = {"as_of": "2026-09-01T15:42:10+08:00", "lag_ms": 0, "complete": True, "next": None}
VIEWS: dict[str, dict[str, Any]] = {
    "enrollment": {
        "applied": 212, "accepted": 205, "rejected": 2, "declined": 31, "enrolled": 203,
        "withdrawn": 4,
        "terms": [],
    },
    "plans": {
        "preparing": 0, "waiting": 1, "returned": 0, "approved": 0, "running": 1,
        "unacknowledged": 1, "longest_wait_days": 7, "terms": [],
    },
    "funds": {
        "currency": "CNY", "standard_fen": 1624000, "waived_fen": 32000, "charged_fen": 1592000,
        "collected_fen": 800000, "open_fen": 792000, "months": [],
    },
    "custody": {
        "date": "2026-09-01", "checked_in": 198, "handed_over": 41, "absent": 5, "refusals": 1,
        "present": 157, "left_over": 1, "children": [],
    },
    "incidents": {
        "reported": 1, "not_notified": 1, "by_severity": {"minor": 1},
        "incidents": [{
            "incident_id": "in-1", "severity": "minor", "category": "injury", "pupils": 1,
            "occurred_at": "2026-09-01T15:40:00+08:00",
            "guardian_notified_at": None, "minutes_to_notice": None,
        }],
    },
}  # fmt: skip


def view(name: str) -> dict[str, Any]:
    """One oversight view of a district with one school."""
    return {"view": name, "items": [{**_SCHOOL_OF_VIEW, **VIEWS[name]}], **_FRESH}


ANSWERS: dict[str, Any] = {
    "get_names": {"names": NAMES},
    "my_children": {"items": [_child(CHILD, "周小满"), not_applied()]},
    "child_today": CHILD_TODAY,
    "list_pickup_authorisations": AUTHORISATIONS,
    "get_pickup_code": CODES,
    "get_agreement": {
        "application_id": "ap-1",
        "agreement_version": "urban-district-1",
        "text": "第一条 学校负责托管期间的安全。\n第二条 家长按时接孩子。",
        "text_sha256": "ab" * 32,
        "letter_version": "2026-1",
        "letter_text": "家长责任书\n按约定时间由登记的接送人接走学生。",
        "letter_sha256": "cd" * 32,
        "parties": {"guardian": "周明"},
        "signed": False,
    },
    "list_offering_sessions": OFFERING_SESSIONS,
    "list_sessions": {"date": "2026-09-01", "items": [SESSION]},
    "get_session": {**SESSION, "roster": roster(*["expected"] * 4)},
    "get_calendar": {
        "items": [
            {
                "date": "2026-09-01",
                "weekday": 2,
                "kind": None,
                "name": None,
                "follows_weekday": None,
                "services": [
                    {
                        "service_kind": "after_school_custody",
                        "open": True,
                        "starts": "15:30",
                        "ends": "17:30",
                        "reason": None,
                    }
                ],
            }
        ]
    },
    "list_students": {
        "items": [student(s) for s in ("st-1", "st-2", "st-4", "st-5")],
        "next": None,
    },
    "get_student": {
        **student("st-2"),
        "guardians": [
            {"guardian_id": "g-2", "name": "陈建国", "relation": "father", "blocked": False}
        ],
    },
    "get_board": BOARD,
    "find_code": FOUND,
    "list_classes": CLASSES,
    "get_school": SCHOOL,
    "list_terms": {"items": [{**TERM, "school_id": "s1"}]},
    "list_applications": {
        "items": [
            application(number, state)
            for number, state in enumerate(("submitted", "accepted", "enrolled"), 1)
        ],
        "next": None,
    },
    "get_application": application(3, "enrolled"),
    "list_schools": {"items": [SCHOOL, {**SCHOOL, "school_id": "s2", "name": "柳树小学"}]},
    "list_publicities": {"items": [PUBLICITY]},
    "get_publicity": PUBLICITY,
    "list_objections": OBJECTIONS,
    "list_pupil_helpers": {
        "items": [
            {"student_id": "st-2", "term_id": "te-1", "role": "class_cadre", "name": "陈一诺"},
            {"student_id": "st-99", "term_id": "te-1", "role": "class_cadre", "name": "别班的"},
        ]
    },
    "list_priorities": {
        "items": [
            {
                "student_id": "st-2",
                "category": "economic_hardship",
                "evidence": "民政局证明 2026-31",
                "support": "左耳听力弱，请坐前排。",
                "waiver_category": "economic_hardship",
            }
        ]
    },
    "check_roster": IMPORT,
    "import_roster": {**IMPORT, "dry_run": False, "import_id": "im-1"},
    "get_import": {**IMPORT, "dry_run": False, "import_id": "im-1"},
    "get_tariff": TARIFF,
    "list_waivers": {"items": [WAIVER], "next": None},
    "list_charges": {"items": [CHARGE, ASKED_BACK], "next": None},
    "list_refunds": {"items": [REFUND], "next": None},
    "run_charges": RUN,
    "open_session": SESSION,
    "register_staff": {"staff_id": "t-9", "school_id": "s1", "kind": "school_staff"},
    **LISTENING,
    **DECIDING,
    **TERM_WORK,
    **TERM_PLAN,
}  # fmt: skip


PARKED_ITEM = {
    "service": "enrollment",
    "partition": "s1",
    "seq": 17,
    "stream_id": "enrollment-1",
    "type": "StudentEnrolled",
    "schema_version": 1,
    "state": "parked",
    "attempts": 6,
    "error": "KeyError: 'term'",
    "parked_at": "2026-09-01T15:00:00.000+08:00",
    "next_try_at": None,
    "behind": 2,
}
REBUILD = {
    "rebuild_id": "r-1",
    "kind": "rebuild",
    "views": ["funds"],
    "generation": 2,
    "state": "running",
    "swap": 1,
    "jobs": 1,
    "requested_by": "night-shift",
    "requested_at": "2026-09-01T15:20:00.000+08:00",
    "started_at": "2026-09-01T15:20:01.000+08:00",
    "finished_at": None,
    "report": None,
    "progress": {"events_total": 1000, "events_done": 250, "parts_total": 4, "parts_done": 1},
}
FINDING = {
    "what": "copy-changed",
    "service": "fees",
    "partition": "s1",
    "seq": 12,
    "detail": "the copy is not what was sealed",
    "help": "hp3 replay …",
    "found_at": "2026-09-01T15:10:00.000+08:00",
}
OPERATING: dict[str, Any] = {
    "read_checkpoints": {
        "consumer": "fees",
        "places": [
            {
                "service": "enrollment",
                "partition": "s1",
                "seq": 90,
                "since": 0,
                "digest": "0" * 64,
                "parked": 3,
                "complete": True,
                "compared_seq": 90,
                "compared_at": None,
            }
        ],
    },
    "read_heads": {"heads": {"s1": 100}},
    "list_parked": {
        "consumer": "fees",
        "items": [PARKED_ITEM, {**PARKED_ITEM, "seq": 18, "state": "waiting"}],
        "counts": {"parked": 1, "waiting": 2},
        "next": None,
    },
    "show_parked": {**PARKED_ITEM, "event": {"data": {"term_id": NASTY}}, "waiting": [18, 19]},
    "retry_parked": {
        "consumer": "fees",
        "dry_run": True,
        "discarded": None,
        "applied": [17, 18, 19],
        "failed": None,
        "still_parked": 0,
    },
    "list_rebuilds": {"items": [REBUILD]},
    "list_findings": {"items": [FINDING], "oldest_look": None, "newest_look": None},
    "list_tree_heads": {
        "public_key": "ab" * 32,
        "items": [
            {
                "partition": "s1",
                "number": 3,
                "signed_at": "2026-09-01T15:00:00.000+08:00",
                "logs": [{"service": "fees", "size": 12, "root": "00"}],
            }
        ],
    },
    "replay": {
        "consumer": "fees",
        "dry_run": True,
        "checkpoint": 90,
        "counts": {"skipped": 3},
        "outcomes": {"1": "skipped"},
    },
}
OPERATING["discard_parked"] = {**OPERATING["retry_parked"], "discarded": 17, "applied": [18, 19]}
ANSWERS |= OPERATING


def answers() -> dict[str, Any]:
    """Return the answers, to be changed at will."""
    return copy.deepcopy(ANSWERS)
