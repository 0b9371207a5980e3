"""Teachers who leave the service within a term, and the offerings that then need another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.vault import Vault
from contracts.enrollment.term_plan import TeacherLeaving
from services.enrollment.offerings.tables import offerings
from services.enrollment.register.handlers import names


def teachers_leaving(
    vault: Vault,
    connection: Connection,
    school_id: str,
    term_id: str,
    planned: list[dict[str, Any]],
) -> tuple[TeacherLeaving, ...]:
    """Return the running offerings whose teacher's consent ends, by the day from which (P1-079)."""
    until = {
        each["staff_id"]: each["until"]
        for each in offerings.volunteers_of(connection, school_id, term_id)
        if each["until"]
    }
    found = [
        each
        for each in planned
        if each["standing"] in ("proposed", "open") and each["teacher_id"] in until
    ]
    subjects = {each["teacher_id"]: names.staff_subject(each["teacher_id"]) for each in found}
    called = names.read(vault, connection, subjects.values())
    leaving = (
        TeacherLeaving(
            offering_id=each["offering_id"],
            title=each["title"],
            staff_id=each["teacher_id"],
            name=called.get(subjects[each["teacher_id"]]),
            from_day=until[each["teacher_id"]],
        )
        for each in found
    )
    return tuple(sorted(leaving, key=lambda each: (each.from_day, each.offering_id)))
