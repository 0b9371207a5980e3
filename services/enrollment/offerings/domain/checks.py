"""What an offering's terms are checked for: content, kind, days, hours, venue, staff's time."""

from __future__ import annotations

from services.enrollment.offerings.domain import errors
from services.enrollment.offerings.domain.commands import Setting, Terms
from services.enrollment.offerings.domain.content import check_content
from services.enrollment.offerings.domain.slots import Slot, clashes, within


def check_terms(offering_id: str, terms: Terms, setting: Setting) -> None:
    """Check an offering's terms.

    Raises:
        BusinessRuleViolation: the first rule that refuses them.
    """
    if terms.service_kind not in setting.kinds:
        raise errors.KindNotForStage(kinds=setting.kinds)
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
        raise errors.VenueTooSmall(venue_capacity=setting.venue_capacity)
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
        raise errors.GradesWrong(known=sorted(setting.grades))


def _check_reserved(terms: Terms, setting: Setting) -> None:
    for weekday, starts, ends in setting.reserved:
        if weekday in terms.weekdays and terms.starts < ends and starts < terms.ends:
            raise errors.StaffReservedTime(weekday=weekday, starts=starts, ends=ends)


def _check_days(terms: Terms, setting: Setting) -> None:
    if terms.service_kind in setting.any_day_kinds:
        return
    wrong = [day for day in terms.weekdays if day not in setting.weekdays]
    if wrong or not terms.weekdays:
        raise errors.NoServiceThatDay(days=sorted(setting.weekdays))


def _check_hours(terms: Terms, setting: Setting) -> None:
    earliest, latest = setting.window
    if terms.starts >= terms.ends or (earliest and terms.starts < earliest):
        raise errors.OutsideTheWindow("too-early", earliest=earliest or "00:00")
    if latest and terms.ends > latest:
        raise errors.OutsideTheWindow("too-late", latest=latest)
    school_days = [day for day in terms.weekdays if day <= 5]
    if school_days and within(terms.starts, terms.ends, setting.lessons):
        raise errors.OverlapsLessons()


def _check_clashes(offering_id: str, terms: Terms, setting: Setting) -> None:
    teacher, venue = clashes(slot_of(offering_id, terms), setting.others)
    if teacher:
        raise errors.Clashes(taken="teacher", titles=teacher)
    if venue:
        raise errors.Clashes(taken="venue", titles=venue)
