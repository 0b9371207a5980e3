"""Staff: somebody who takes part in a school's service, of one of the kinds of P2-060.

Rules:
    1. A person is registered once per school and kind; repeating it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.enrollment.schools import StaffRegistered
from services.enrollment.register.domain import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStaff:
    staff_id: str
    school_id: str
    kind: str


Staff: TypeAlias = StaffRegistered | None


def decide(state: Staff, command: RegisterStaff) -> list[StaffRegistered]:
    """Return the registration, or nothing when it is already so.

    Raises:
        StaffDiffers: the id belongs to somebody of another school or kind.
    """
    event = StaffRegistered(
        staff_id=command.staff_id, school_id=command.school_id, kind=command.kind
    )
    if state is None:
        return [event]
    if state != event:
        raise errors.StaffDiffers()
    return []


def evolve(state: Staff, event: StaffRegistered) -> Staff:
    """Return the state after ``event``."""
    return event


STAFF: Decider[Staff, RegisterStaff, StaffRegistered] = Decider(None, decide, evolve)
