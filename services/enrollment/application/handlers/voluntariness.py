"""What the bureau asks a school about: signs that taking part was not each family's choice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from contracts.enrollment import voluntariness as said
from contracts.enrollment.policy import TwoLanguages
from services.enrollment.application.domain.voluntariness import Alert, ClassAnswers, Sent, alerts
from services.enrollment.application.tables import applications
from services.enrollment.register.handlers.access import of_term
from services.enrollment.register.tables import people, schools

WHOLE_SCHOOL = 100_000


def list_voluntariness_alerts(
    reading: Reading, request: said.ListVoluntarinessAlerts
) -> said.VoluntarinessAlerts:
    """The signs of a term's answers, class by class, as of now (P2-006)."""
    school_id = of_term(reading.connection, request, reading.call)
    classes = {row["class_id"]: row for row in schools.classes_of(reading.connection, school_id)}
    found = alerts(_answers(reading.connection, school_id, request.term_id, reading.call))
    described = tuple(_described(each, classes[each.class_id]["name"]) for each in found)
    return said.VoluntarinessAlerts(items=described)


def _answers(
    connection: Connection, school_id: str, term_id: str, call: Call
) -> list[ClassAnswers]:
    pupils = people.students_of(
        connection, school_id, class_ids=None, after=None, limit=WHOLE_SCHOOL, today=call.today
    )
    class_of = {row["student_id"]: row["class_id"] for row in pupils}
    sent: dict[str, list[Sent]] = {}
    for row in applications.sent_in(connection, school_id, term_id):
        if row["student_id"] in class_of:
            form = Sent(
                student_id=row["student_id"],
                guardian_id=row["guardian_id"],
                at=datetime.fromisoformat(row["submitted_at"]),
            )
            sent.setdefault(class_of[form.student_id], []).append(form)
    declined = applications.declined_in(connection, term_id)
    by_class: dict[str, set[str]] = {}
    for student_id, class_id in class_of.items():
        by_class.setdefault(class_id, set()).add(student_id)
    return [
        ClassAnswers(
            class_id=class_id,
            pupils=frozenset(here),
            sent=sent.get(class_id, []),
            declined=frozenset(here & declined),
        )
        for class_id, here in by_class.items()
    ]


def _described(alert: Alert, class_name: str) -> said.VoluntarinessAlert:
    if alert.kind == "full_take_up":
        zh = f"全班 {alert.pupils} 名学生都提交了申请，没有一家选择不参加。"
        en = f"All {alert.pupils} pupils of the class have applied and no family declined. "
    else:
        zh = f"{alert.applications} 份申请在五分钟内提交。"
        en = f"{alert.applications} applications came within five minutes. "
    return said.VoluntarinessAlert(
        kind=alert.kind,
        class_id=alert.class_id,
        class_name=class_name,
        pupils=alert.pupils,
        applications=alert.applications,
        accounts=alert.accounts,
        first_at=alert.first_at.isoformat(),
        last_at=alert.last_at.isoformat(),
        text=TwoLanguages(
            zh=f"{zh}这不等于违规；请向家长核实是否自愿。",
            en=f"{en}This is no finding; ask the families whether it was their own choice.",
        ),
    )


HANDLES: Handles = {
    said.LIST_VOLUNTARINESS_ALERTS: list_voluntariness_alerts,
}
