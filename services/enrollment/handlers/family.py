"""What a guardian sees: each child, each term, how far it is and what to do next."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.application import QueryRoute, Request
from chassis.kernel.call import Call
from chassis.vault import Vault
from services.enrollment.handlers import access
from services.enrollment.handlers import people as pupils
from services.enrollment.projections import applications, people, policies, publicities, schools

NEXT = {
    "not_applied": ("apply", "自愿选择：申请，或不参加。", "Your choice: apply, or decline."),
    "submitted": ("wait", "等待学校审核。", "Wait for the school's decision."),
    "accepted": ("wait", "学校已同意，等待公示。", "Accepted; the list will be publicised."),
    "published": ("wait", "名单公示中，确定后签协议。", "The list is shown; sign once confirmed."),
    "confirmed": ("sign", "请阅读并签订托管协议。", "Read and sign the custody agreement."),
    "enrolled": ("none", "已入托。", "Enrolled."),
    "rejected": ("read_reason", "学校没有同意，请看原因；可以再申请。", "Refused; see why."),
    "declined": ("none", "您选择了不参加；需要时可再申请。", "Declined; you may still apply."),
}  # fmt: skip


def my_children(
    vault: Vault, connection: Connection, _request: Request, call: Call
) -> dict[str, Any]:
    found = list(people.students_by_id(connection, access.own_children(connection, call)).values())
    answers = applications.answers_of(connection, [each["student_id"] for each in found])
    described = pupils.described(vault, connection, found, call)
    return {"items": [_child(vault, connection, each, answers, call) for each in described]}


def _child(
    vault: Vault,
    connection: Connection,
    child: dict[str, Any],
    answers: dict[tuple[str, str], dict[str, Any]],
    call: Call,
) -> dict[str, Any]:
    school = schools.school(connection, child["school_id"])
    assert school is not None
    today = call.today.isoformat()
    terms = [
        _term(vault, connection, term, answers.get((child["student_id"], term["term_id"])))
        for term in schools.terms_of(connection, child["school_id"])
        if term["last_day"] >= today
    ]
    return {
        **child,
        "school_name": school["name"],
        "offered_service_kinds": offered(connection, school),
        "terms": terms,
    }


def _term(
    vault: Vault, connection: Connection, term: dict[str, Any], answer: dict[str, Any] | None
) -> dict[str, Any]:
    row = answer or {"state": "not_applied"}
    action, zh, en = NEXT[row["state"]]
    publicity_id = row.get("publicity_id")
    listed = publicities.publicity(connection, publicity_id) if publicity_id else None
    named = ("term_id", "name", "first_day", "last_day")
    return {
        **{name: term[name] for name in named},
        "state": row["state"],
        "application_id": row.get("application_id"),
        "service_kinds": row.get("service_kinds", []),
        "publicity_id": publicity_id,
        "closes_on": listed["closes_on"] if listed else None,
        "reason": reason_of(vault, connection, row),
        "next": {"action": action, "zh": zh, "en": en},
    }


def reason_of(vault: Vault, connection: Connection, row: dict[str, Any]) -> str | None:
    """Return why an application was rejected, None when it was not."""
    if row["state"] != "rejected":
        return None
    return vault.session(connection).get(row["application_id"], "reason")


def offered(connection: Connection, school: dict[str, Any]) -> list[str]:
    """Return the kinds of service that the district's plan offers in a school's stage."""
    district = policies.district(connection, school["district_id"])
    assert district is not None
    return list(district["parameters"]["service_kinds"].get(school["stage"], []))


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    return {"my_children": QueryRoute(partial(my_children, vault), access.GUARDIAN)}
