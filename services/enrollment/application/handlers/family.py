"""What a guardian sees: each child, each term, how far it is and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import people as said
from contracts.shapes import Nothing
from services.enrollment.application.tables import applications, placements, publicities
from services.enrollment.plan.tables import plans
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers import people as pupils
from services.enrollment.register.tables import people, schools

NEXT = {
    "not_applied": ("apply", "自愿选择：申请，或不参加。", "Your choice: apply, or decline."),
    "submitted": ("wait", "等待学校审核。", "Wait for the school's decision."),
    "accepted": ("wait", "学校已同意，等待公示。", "Accepted; the list will be publicised."),
    "published": ("wait", "名单公示中，确定后签协议。", "The list is shown; sign once confirmed."),
    "confirmed": ("sign", "请阅读并签订托管协议。", "Read and sign the custody agreement."),
    "enrolled": ("none", "已入托。", "Enrolled."),
    "rejected": ("read_reason", "学校没有同意，请看原因；可以再申请。", "Refused; see why."),
    "declined": ("none", "您选择了不参加；需要时可再申请。", "Declined; you may still apply."),
    "suspended": ("none", "暂停中或将要暂停；可以随时恢复。", "Suspended; resume any time."),
    "withdrawn": ("none", "已办理退出；可以重新申请。", "Withdrawn; you may apply again."),
    "lapsed": ("none", "因转出本校，申请已终止。", "Ended: the child moves to another school."),
}  # fmt: skip


_NO_PLAN = (
    "学校本学期的方案还没有通过审核，暂不能报名。",
    "The school's plan for this term is not approved yet; applications follow that.",
)
_NOT_DISCLOSED = (
    "学校还没有公开服务方式、内容和安全措施，公开后才能报名。",
    "The school has not disclosed its service yet; applications follow that.",
)


@dataclass(frozen=True, slots=True)
class _Family:
    """What a guardian answered for the own children, and what became of it."""

    vault: Vault
    connection: Connection
    call: Call
    newest: Mapping[tuple[str, str], dict[str, Any]]
    placed: Mapping[str, dict[str, Any]]
    left: Mapping[tuple[str, str], str]
    enrolments: list[tuple[str, str, str, str]]


def my_children(reading: Reading, _request: Nothing) -> dict[str, Any]:
    found = list(
        people.students_by_id(
            reading.connection, access.own_children(reading.connection, reading.call)
        ).values()
    )
    ids = [each["student_id"] for each in found]
    newest = applications.answers_of(reading.connection, ids)
    asked = [each["application_id"] for each in newest.values() if each.get("application_id")]
    family = _Family(
        reading.vault,
        reading.connection,
        reading.call,
        newest,
        placements.of_applications(reading.connection, asked),
        placements.last_withdrawals(reading.connection, ids),
        placements.earlier_enrolments(reading.connection, ids),
    )
    described = pupils.described(reading.vault, reading.connection, found, reading.call)
    return {"items": [_child(family, each) for each in described]}


def _child(family: _Family, child: dict[str, Any]) -> dict[str, Any]:
    school = schools.school(family.connection, child["school_id"])
    assert school is not None
    today = family.call.today.isoformat()
    gone = child["left_on"] is not None and child["left_on"] <= today
    values = policy_values.values_for(family.connection, school)
    kinds = offered(values, school)
    terms = [
        _with_opening(family, values, school, _term(family, term, child["student_id"], kinds))
        for term in schools.terms_of(family.connection, child["school_id"])
        if term["last_day"] >= today
        and not (gone and (child["student_id"], term["term_id"]) not in family.newest)
    ]
    return {
        **child,
        "school_name": school["name"],
        "offered_service_kinds": kinds,
        "terms": terms,
    }


def _term(
    family: _Family, term: dict[str, Any], student_id: str, kinds: list[str]
) -> dict[str, Any]:
    connection = family.connection
    row = family.newest.get((student_id, term["term_id"])) or {"state": "not_applied"}
    placed = family.placed.get(row.get("application_id") or "")
    row = {**row, **placements.shown(placed, family.call.today)}
    action, zh, en = NEXT["suspended" if row["suspended_from"] else row["state"]]
    publicity_id = row.get("publicity_id")
    listed = publicities.publicity(connection, publicity_id) if publicity_id else None
    named = ("term_id", "name", "first_day", "last_day")
    earlier = _previous(family.enrolments, student_id, term["first_day"])
    return {
        **{name: term[name] for name in named},
        "state": row["state"],
        "application_id": row.get("application_id"),
        "service_kinds": row.get("service_kinds", []),
        "previous_service_kinds": [kind for kind in earlier if kind in kinds],
        "publicity_id": publicity_id,
        "closes_on": listed["closes_on"] if listed else None,
        "withdrawn_on": family.left.get((student_id, term["term_id"])),
        "suspended_from": row["suspended_from"],
        "suspended_until": row["suspended_until"],
        "reason": reason_of(family.vault, connection, row),
        "pupil_assents": None if row.get("pupil_assents") is None else bool(row["pupil_assents"]),
        "next": {"action": action, "zh": zh, "en": en},
    }


def _with_opening(
    family: _Family, values: Mapping[str, Any], school: dict[str, Any], shown: dict[str, Any]
) -> dict[str, Any]:
    needed = bool(policy_values.named(values, school, "pupil_assent_required"))
    why = not_open(family.connection, values, school, shown["term_id"])
    step = shown["next"]
    if why and shown["state"] == "not_applied":
        step = {"action": "wait", "zh": why[0], "en": why[1]}
    opening = {"applications_open": why is None, "pupil_assent_required": needed}
    return {**shown, **opening, "next": step}


def not_open(
    connection: Connection, values: Mapping[str, Any], school: Mapping[str, Any], term_id: str
) -> tuple[str, str] | None:
    """Return why a school takes no applications for a term yet, or None when it does."""
    if plans.in_force(connection, term_id) is None:
        return _NO_PLAN
    return None if disclosed(connection, values, school, term_id) else _NOT_DISCLOSED


def disclosed(
    connection: Connection, values: Mapping[str, Any], school: Mapping[str, Any], term_id: str
) -> bool:
    """Tell whether the public has been told what it must be told before applications (P2-048)."""
    wanted = policy_values.named(values, school, "plan_items")
    return "service_disclosed" not in wanted or "disclosure" in plans.entries(connection, term_id)


def _previous(
    enrolments: list[tuple[str, str, str, str]], student_id: str, first_day: str
) -> list[str]:
    for who, began, state, kinds in enrolments:
        if who == student_id and (began < first_day or (began, state) == (first_day, "withdrawn")):
            found: list[str] = msgspec.json.decode(kinds)
            return found
    return []


def reason_of(vault: Vault, connection: Connection, row: dict[str, Any]) -> str | None:
    """Return why an application was rejected, withdrawn or suspended; None if nobody said.

    ``row`` is an application with the days of ``placements.shown``.
    """
    field = "suspension_reason" if row["suspended_from"] else _REASONS.get(row["state"])
    if field is None:
        return None
    return vault.session(connection).get(row["application_id"], field) or None


_REASONS = {"rejected": "reason", "withdrawn": "withdrawal_reason"}


def offered(values: Mapping[str, Any], school: Mapping[str, Any]) -> list[str]:
    """Return the kinds of service that the policy in force offers in a school's stage."""
    return list(values["service_kinds"].get(school["stage"], []))


HANDLES: Handles = {
    said.MY_CHILDREN: my_children,
}
