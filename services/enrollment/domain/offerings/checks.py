"""What an offering's terms are checked for: content, kind, days, hours, venue, staff's time."""

from __future__ import annotations

from services.enrollment.domain.offerings import errors
from services.enrollment.domain.offerings.commands import Setting, Terms
from services.enrollment.domain.offerings.content import check_content
from services.enrollment.domain.offerings.slots import Slot, clashes, within

WEEKDAYS = (
    "一二三四五六日",
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)


def check_terms(offering_id: str, terms: Terms, setting: Setting) -> None:
    """Check an offering's terms.

    Raises:
        BusinessRuleViolation: the first rule that refuses them.
    """
    if terms.service_kind not in setting.kinds:
        raise errors.KindNotForStage(
            f"本校学段没有这类服务。可选：{'、'.join(setting.kinds)}。",
            f"The plan has no such service for this stage. It has: {', '.join(setting.kinds)}.",
        )
    check_content(
        terms.service_kind,
        terms.content_kind,
        allowed=setting.allowed,
        curriculum_ref=terms.curriculum_ref,
    )
    _check_grades(terms, setting)
    _check_reserved(terms, setting)
    _check_days(terms, setting)
    _check_hours(terms, setting)
    if terms.capacity > setting.venue_capacity:
        raise errors.VenueTooSmall(
            f"场地最多容纳 {setting.venue_capacity} 人，请减少名额或换场地。",
            f"The venue holds {setting.venue_capacity}; offer fewer places or another venue.",
        )
    _check_clashes(offering_id, terms, setting)


def slot_of(offering_id: str, terms: Terms) -> Slot:
    """Return when and where an offering with these terms runs."""
    return Slot(
        offering_id=offering_id,
        title=terms.title,
        teacher_id=terms.teacher_id,
        venue_id=terms.venue_id,
        weekdays=terms.weekdays,
        starts=terms.starts,
        ends=terms.ends,
    )


def _check_grades(terms: Terms, setting: Setting) -> None:
    if not terms.grades or not set(terms.grades) <= set(setting.grades):
        known = "、".join(map(str, sorted(setting.grades)))
        raise errors.GradesWrong(
            f"请选择本校的年级：{known}。", f"Choose grades of the school: {known}."
        )


def _check_reserved(terms: Terms, setting: Setting) -> None:
    for weekday, starts, ends in setting.reserved:
        if weekday in terms.weekdays and terms.starts < ends and starts < terms.ends:
            raise errors.StaffReservedTime(
                f"星期{WEEKDAYS[0][weekday - 1]} {starts}–{ends} "
                "是教师集备或政治、业务学习时间，不能安排服务，请换时间。",
                f"{WEEKDAYS[1][weekday - 1]} {starts}–{ends} is kept for the teachers' joint "
                "preparation or study; choose another time.",
            )


def _check_days(terms: Terms, setting: Setting) -> None:
    if terms.service_kind in setting.any_day_kinds:
        return
    wrong = [day for day in terms.weekdays if day not in setting.weekdays]
    if wrong or not terms.weekdays:
        days = "、".join(map(str, sorted(setting.weekdays)))
        raise errors.NoServiceThatDay(
            f"这类服务只在星期 {days}（1 为星期一）。", f"This service runs on weekdays {days}."
        )


def _check_hours(terms: Terms, setting: Setting) -> None:
    earliest, latest = setting.window
    if terms.starts >= terms.ends or (earliest and terms.starts < earliest):
        raise errors.OutsideTheWindow(
            f"开始时间应不早于 {earliest or '00:00'}，且早于结束时间。",
            f"It begins at {earliest or '00:00'} or later, and before it ends.",
        )
    if latest and terms.ends > latest:
        raise errors.OutsideTheWindow(
            f"结束时间应不晚于 {latest}。", f"It ends at {latest} at the latest."
        )
    school_days = [day for day in terms.weekdays if day <= 5]
    if school_days and within(terms.starts, terms.ends, setting.lessons):
        raise errors.OverlapsLessons(
            "与学校正常上课时间重叠，请改到课后。",
            "It overlaps the school's regular lessons; move it after them.",
        )


def _check_clashes(offering_id: str, terms: Terms, setting: Setting) -> None:
    teacher, venue = clashes(slot_of(offering_id, terms), setting.others)
    if teacher:
        raise errors.Clashes.of(("教师", "teacher"), teacher)
    if venue:
        raise errors.Clashes.of(("场地", "venue"), venue)
