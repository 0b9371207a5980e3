"""A term's plan made ready, step by step, as a school's office and the bureau would do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

DUTIES = ("duty_leader", "safety", "activities", "logistics", "contact")
RULES = {
    "implementation_plan": "课后服务实施方案：自愿参加，静态辅导和动态活动相结合，专人看护到离校。",
    "safety_plan": "安全预案：意外伤害、走失、突发疾病、极端天气的处置流程和责任人。",
    "safety_guarantee": "安全保障制度：每天清点，交接签字，离校当面交给授权的接送人。",
    "home_school_contact": "家校联系制度：当天未到先电话联系，意见一周内答复。",
    "entry_exit": "进出制度：外来人员登记，学生凭接送信息离校。",
}
DISCLOSURE = {
    "mode": "放学后在校内集中看护，自愿参加，可随时退出。",
    "content": "自主阅读、作业指导和文体活动；不集体授课、不补课。",
    "safety_measures": "专人点名看护，凭接送码和本人核对交接，出现意外先救助并立即通知家长。",
}
SAFETY = ("record_screening", "sign_responsibility_statement")
"""Steps that safety answers for."""

NOTICES = ("service", "notice_letter", "info_prompt", "service_content")


class Ask(Protocol):
    """Sends one command or query: ``who`` is office, bureau, teacher or guardian."""

    def __call__(
        self,
        who: str,
        operation: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> dict[str, Any]:
        """Return the answer; raise if it was refused."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when: a school's term. ``staff_id`` volunteers and may be given sessions.

    ``custody``: whether custody can be planned: plan 2 leaves its end blank until it is set.
    """

    school_id: str
    term_id: str
    stage: str
    profile: str
    staff_id: str
    held_on: str
    custody: bool = True


def approve(ask: Ask, place: Place) -> None:
    """Take a term's plan from nothing to approved, the public page included.

    The staff are registered and ``fit``, and enrollment has heard of it.
    """
    school, term = {"school_id": place.school_id}, {"term_id": place.term_id}
    ask("office", "draft_plan", term)
    group = {"head_id": place.staff_id, "member_ids": [place.staff_id]}
    ask("office", "establish_leading_group", term, group)
    for kind in ("staff_meeting", "parents_meeting"):
        minutes = {"kind": kind, "held_on": place.held_on, "minutes": "会议记录见学校档案。"}
        ask("office", "record_stage_activity", term, minutes, key=kind)
    for kind in NOTICES:
        notice = {
            "audience": "guardians",
            "kind": kind,
            "title": "致家长",
            "text": "课后服务自愿参加。",
        }
        ask("office", "publish_notice", school, {**term, **notice}, key=kind)
    survey(ask, place)
    posts = {"posts": {"coordinator": place.staff_id}}
    ask("office", "set_management_team", term, posts)
    ask("office", "begin_preparation", term)
    for document, text in RULES.items():
        ask("office", "publish_rule", school, {"document": document, "text": text}, key=document)
    for duty in DUTIES:
        named = {"duty": duty, "staff_id": place.staff_id}
        ask("office", "assign_duty", term, named, key=duty)
    ask("office", "make_declaration", term, {"declaration": "curriculum_complete"})
    offer(ask, place)
    if not place.custody and place.stage == "primary":
        reason = {"item": "custody_offered", "reason": "托管结束时间待教体局设定，设定后开设。"}
        ask("office", "explain_omission", term, reason)
    ask("office", "submit_plan", term)
    ask("bureau", "approve_plan", term)
    ask("office", "disclose_service", term, DISCLOSURE)
    opened = ask("office", "list_offerings", term)["items"]
    for each in opened:
        at = {"offering_id": each["offering_id"]}
        ask("office", "open_offering", at, key=each["offering_id"])


def survey(ask: Ask, place: Place) -> None:
    """Ask the parents what they need, and publish what follows from it."""
    asked = {
        "term_id": place.term_id,
        "purpose": "demand",
        "audience": "guardians",
        "anonymous": False,
        "questions": [],
    }
    made = ask("office", "open_survey", {"school_id": place.school_id}, asked)
    answer = {"response": "按家长的需要开设课后托管和社团。"}
    ask("office", "close_survey", {"survey_id": made["survey_id"]}, answer)


def offer(ask: Ask, place: Place) -> None:
    """Let the teacher volunteer, register rooms, propose what the plan asks for."""
    school, term = {"school_id": place.school_id}, {"term_id": place.term_id}
    ask("teacher", "volunteer_for_duty", term)
    for number, (name, kind) in enumerate(
        (("三年级教室", "classroom"), ("音乐教室", "special_room"))
    ):
        room = {
            "venue_id": f"{place.school_id}-{number}"[:40],
            "name": name,
            "kind": kind,
            "capacity": 45,
            "accountable_id": place.staff_id,
        }
        ask("office", "register_venue", school, room, key=str(number))
    for title, terms in planned(place).items():
        body = {"title": title, "teacher_id": place.staff_id, "capacity": 40, **terms}
        ask("office", "propose_offering", term, body, key=title)


def plan_day(ask: Ask, place: Place, on: str) -> None:
    """Let the teacher submit what is done on a day, and the school approve all but the last."""
    found = ask("office", "list_offerings", {"term_id": place.term_id})["items"]
    for number, each in enumerate(found, 1):
        at, key = {"offering_id": each["offering_id"]}, each["offering_id"]
        content = {"on": on, "content_kind": each["content_kind"], "description": each["title"]}
        ask("teacher", "submit_session_content", at, content, key=key)
        if number == 1 or number < len(found):
            approval = {"on": on, "guidance": "分组进行，每组不超过八人。"}
            ask("office", "approve_session_content", at, approval, key=key)


def fit(ask: Ask, place: Place) -> None:
    """Put the screening and the signed statement of the teacher on record."""
    at = {"school_id": place.school_id, "staff_id": place.staff_id}
    screening = {"result": "clear", "checked_on": place.held_on, "valid_until": "2027-08-31"}
    ask("office", "record_screening", at, screening)
    statement = {"term_id": place.term_id, "statement_version": "2026-1"}
    ask("teacher", "sign_responsibility_statement", at, statement)


def planned(place: Place) -> dict[str, dict[str, Any]]:
    """Return the offerings that a school of this kind begins with."""
    rooms = [f"{place.school_id}-{number}"[:40] for number in (0, 1)]
    if place.stage == "junior":
        return {
            "晚自习": {
                "service_kind": "evening_self_study",
                "content_kind": "self_study",
                "venue_id": rooms[0],
                "grades": [7, 8, 9],
                "weekdays": [1, 2, 3, 4, 5],
                "starts": "18:30",
                "ends": "20:30",
            }
        }
    if not place.custody:
        return {
            "午休阅读": {
                "service_kind": "nap",
                "content_kind": "reading",
                "venue_id": rooms[0],
                "grades": [1, 2, 3, 4, 5, 6],
                "weekdays": [1, 2, 3, 4, 5],
                "starts": "12:20",
                "ends": "13:50",
            }
        }
    urban = place.profile == "urban-district"
    days = [1, 2, 3, 4] if urban else [1, 2, 3, 4, 5]
    shared = {
        "service_kind": "after_school_custody",
        "grades": [1, 2, 3, 4, 5, 6],
        "weekdays": days,
    }
    first = {
        "content_kind": "homework_guidance",
        "venue_id": rooms[0],
        "starts": "15:30",
        "ends": "16:15",
    }
    second = {"venue_id": rooms[1], "starts": "16:15", "ends": "17:00"}
    club = {"content_kind": "club", "subject": "pipa_club"} if urban else {"content_kind": "sport"}
    return {
        "作业辅导": {**shared, **first},
        "琵琶社团" if urban else "趣味体育": {**shared, **second, **club},
    }
