"""What anybody reads of a school's service: plan, disclosure, open offerings; nobody's name.

It is told before applications are taken (P2-048), so it must not need an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import schools as said
from services.enrollment.application.handlers import family
from services.enrollment.offerings.handlers.offerings import described
from services.enrollment.offerings.tables import offerings
from services.enrollment.plan.tables import plans
from services.enrollment.policy.handlers import policy_values
from services.enrollment.policy.tables import policies
from services.enrollment.register.domain import errors
from services.enrollment.register.tables import schools
from services.enrollment.term.handlers.plan import subject

OF_SCHOOL = ("school_id", "name", "stage", "area")
OF_TERM = ("term_id", "name", "first_day", "last_day")
OF_OFFERING = (
    "offering_id title service_kind content_kind part grades weekdays starts ends capacity "
    "waiting free is_free"
).split()


def get_public_service(reading: Reading, request: said.GetPublicService) -> dict[str, Any]:
    school = schools.school(reading.connection, request.school_id)
    if school is None:
        raise errors.SchoolUnknown()
    district = policies.district(reading.connection, school["district_id"])
    assert district is not None
    values = policy_values.values_of(district)
    today = reading.call.today.isoformat()
    terms = [
        _term(reading.vault, reading.connection, values, school, each, reading.call)
        for each in reversed(schools.terms_of(reading.connection, school["school_id"]))
        if each["last_day"] >= today
    ]
    return {
        **{name: school[name] for name in OF_SCHOOL},
        "district_name": district["name"],
        "terms": terms,
    }


def _term(
    vault: Vault,
    connection: Connection,
    values: Mapping[str, Any],
    school: dict[str, Any],
    term: dict[str, Any],
    call: Call,
) -> dict[str, Any]:
    term_id = term["term_id"]
    plan = plans.plan(connection, term_id)
    planned = offerings.of_term(connection, term_id)
    shown = [each for each in planned if each["standing"] == "open"]
    return {
        **{name: term[name] for name in OF_TERM},
        "standing": plan["standing"] if plan else "none",
        "applications_open": family.not_open(connection, values, school, term_id) is None,
        "disclosure": _disclosure(vault, connection, term_id),
        "offerings": [
            {name: each[name] for name in OF_OFFERING}
            for each in described(vault, connection, shown, call)
        ],
    }


def _disclosure(vault: Vault, connection: Connection, term_id: str) -> dict[str, str] | None:
    held = vault.session(connection).get_many([subject(term_id)]).get(subject(term_id), {})
    if "mode" not in held:
        return None
    parts = {name: held[name] for name in ("mode", "content", "safety_measures")}
    return {**parts, "text_sha256": held["sha256"]}


HANDLES: Handles = {
    said.GET_PUBLIC_SERVICE: get_public_service,
}
