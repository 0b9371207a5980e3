"""Who may be named in a plan."""

from __future__ import annotations

from collections.abc import Iterable

from chassis.eventsourcing.unit_of_work import UnitOfWork
from services.enrollment.bulk import rows_of
from services.enrollment.plan.domain import errors
from services.enrollment.register.tables import schools


def check_staff(work: UnitOfWork, staff_ids: Iterable[str]) -> None:
    """Check that all of these are registered members of staff of the school.

    Raises:
        StaffUnknown: one is not; the refusal names it.
    """
    wanted = list(dict.fromkeys(staff_ids))
    found = rows_of(work.connection, schools.staff, schools.staff.c.staff_id, wanted)
    here = {row["staff_id"] for row in found if row["school_id"] == work.partition}
    unknown = [staff_id for staff_id in wanted if staff_id not in here]
    if unknown:
        raise errors.StaffUnknown(unknown=unknown)
