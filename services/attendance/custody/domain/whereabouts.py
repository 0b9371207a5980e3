"""Where a pupil is on one day, and the codes that can be shown for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from contracts.attendance.sessions import Absence


@dataclass(frozen=True, slots=True)
class Expected:
    """No roll has named the pupil yet."""


@dataclass(frozen=True, slots=True)
class InCare:
    """The school answers for the pupil."""

    session_id: str
    class_id: str


@dataclass(frozen=True, slots=True)
class Away:
    """The roll found the pupil absent or on leave."""

    session_id: str
    status: Absence


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The pupil left from this session; nothing brings them back today."""

    session_id: str


Where: TypeAlias = Expected | InCare | Away | HandedOver


@dataclass(frozen=True, slots=True)
class Code:
    """A code of today; ``live`` until a newer one for the same adult or its use."""

    code_id: str
    receiver_id: str
    code_hash: str
    expires_at: datetime
    live: bool = True


@dataclass(frozen=True, slots=True)
class Custody:
    """``sessions``: whose rolls named the pupil, in order of their first roll."""

    where: Where = Expected()
    sessions: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    wrong_tries: int = 0
