"""The first and the last step of an application: the form, and the agreement that enrols."""

from __future__ import annotations

from contracts.enrollment.agreements import (
    AgreementSigned,
    ResponsibilityLetterSigned,
    StudentEnrolled,
)
from services.enrollment.domain import errors
from services.enrollment.domain.commands import Form, SignAgreement, SubmitApplication
from services.enrollment.domain.events import ApplicationEvent


def check_form(command: SubmitApplication) -> None:
    """Check what a guardian asks for.

    Raises:
        BusinessRuleViolation: the term is over, a kind of service is not offered, the pupil leaves
            the school or does not want to, or the school is not ready to take applications.
    """
    if command.leaves_on is not None and command.leaves_on <= command.term_ends:
        raise errors.StudentLeaving(
            f"学生自 {command.leaves_on} 起转出本校，请在新学校申请；如有误，请联系学校。",
            f"The pupil leaves this school on {command.leaves_on}: apply at the new school, or ask "
            "this one if that is wrong.",
        )
    if command.today > command.term_ends:
        raise errors.TermOver(
            "这个学期已经结束，请选择新的学期。", "This term is over; choose a new one."
        )
    _check_open(command)
    if command.pupil_assents is False or (command.assent_needed and not command.pupil_assents):
        raise errors.AssentMissing(
            "请先问孩子本人是否愿意参加。孩子愿意，才能提交申请（pupil_assents）。",
            "Ask the pupil first: an application needs the pupil's own assent (pupil_assents).",
        )
    missing = [kind for kind in command.form.service_kinds if kind not in command.offered]
    if missing:
        raise errors.ServiceKindNotOffered(
            f"学校没有提供这些服务：{'、'.join(missing)}。可选：{'、'.join(command.offered)}。",
            f"Not offered: {', '.join(missing)}. Offered: {', '.join(command.offered)}.",
        )


def _check_open(command: SubmitApplication) -> None:
    if not command.plan_in_force:
        raise errors.PlanNotInForce(
            "学校本学期的方案还没有通过审核，暂不能报名。通过后学校会通知您。",
            "The school's plan for this term is not approved yet; you will be told when it is.",
        )
    if not command.disclosed:
        raise errors.NotDisclosed(
            "学校还没有公开服务方式、内容和安全措施，公开后才能报名。",
            "The school has not disclosed mode, content and safety measures yet; applications "
            "follow that.",
        )


def sign(form: Form, command: SignAgreement) -> list[ApplicationEvent]:
    """Return the signature and, with it, the enrolment of an accepted application.

    Raises:
        BusinessRuleViolation: a step before it is missing, or another text is in force.
    """
    _check_order(command)
    return [
        AgreementSigned(
            application_id=form.application_id,
            student_id=form.student_id,
            term_id=form.term_id,
            guardian_id=command.guardian_id,
            agreement_version=command.agreement_version,
            text_sha256=command.text_sha256,
        ),
        ResponsibilityLetterSigned(
            application_id=form.application_id,
            student_id=form.student_id,
            term_id=form.term_id,
            guardian_id=command.guardian_id,
            letter_version=command.letter_version,
            text_sha256=command.letter_sha256,
        ),
        StudentEnrolled(
            application_id=form.application_id,
            school_id=form.school_id,
            student_id=form.student_id,
            class_id=command.class_id,
            term_id=form.term_id,
            service_kinds=form.service_kinds,
            starts_on=max(command.term_starts, command.today, command.vacant_from or command.today),
            ends_on=command.term_ends,
            plan_version=command.plan_version,
        ),
    ]


def _check_order(command: SignAgreement) -> None:
    if command.listing == "none":
        raise errors.NotPublicised(
            "录取名单还没有公示，公示并确定后才能签协议。",
            "The list has not been publicised; the agreement follows its confirmation.",
        )
    if command.listing == "published":
        raise errors.NotConfirmed(
            "名单正在公示，学校确定后才能签协议。",
            "The list is being publicised; the agreement can be signed once it is confirmed.",
        )
    if command.agreement_version != command.current_version:
        raise errors.AgreementOutdated(
            f"协议已更新为 {command.current_version} 版，请重新阅读后签订。",
            f"The agreement is now version {command.current_version}; read it and sign that one.",
        )
    if command.today > command.term_ends:
        raise errors.TermOver(
            "这个学期已经结束，请选择新的学期。", "This term is over; choose a new one."
        )
