"""What callers may ask of offerings and their sessions. Imperative mood; may be refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.enrollment.offerings.domain.providers import Provider
from services.enrollment.offerings.domain.slots import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an offering is: the same for proposing and for amending it."""

    title: str
    service_kind: str
    content_kind: str
    subject: str | None
    teacher_id: str
    venue_id: str
    capacity: int
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: str
    ends: str
    curriculum_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the policy, the school and its other offerings say about the wanted one.

    ``window`` is (earliest start, latest end) of its kind of service, "" where there is no bound;
    ``reserved`` are (weekday, from, to) that belong to the staff's own preparation and study.
    ``provider`` is who teaches if the school does not; None if it is unknown here.
    """

    allowed: Mapping[str, Sequence[str]]
    kinds: Collection[str]
    weekdays: Collection[int]
    any_day_kinds: Collection[str]
    window: tuple[str, str]
    lessons: Sequence[Sequence[str]]
    reserved: Sequence[tuple[int, str, str]]
    grades: Collection[int]
    venue_capacity: int
    others: Sequence[Slot]
    provider: Provider | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeOffering:
    offering_id: str
    school_id: str
    term_id: str
    terms: Terms
    setting: Setting
    taught_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendOffering:
    terms: Terms
    setting: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOffering:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOffering:
    """``demand`` is how many families wished for it, where the policy asks for ``least``."""

    plan_in_force: bool
    demand: int | None = None
    least: int | None = None
    provider: Provider | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOffering:
    pass


OfferingCommand: TypeAlias = (
    ProposeOffering | AmendOffering | ReturnOffering | OpenOffering | CloseOffering
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One day of an offering and what is to be done there.

    ``rewritten``: the description differs from that of what was submitted before.
    """

    offering_id: str
    service_kind: str
    on: date
    weekdays: tuple[int, ...]
    content_kind: str
    teacher_id: str
    allowed: Mapping[str, Sequence[str]]
    curriculum_ref: str | None = None
    rewritten: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitSessionContent:
    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveSessionContent:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSessionContent:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteSession:
    session: Session


ContentCommand: TypeAlias = (
    SubmitSessionContent | ApproveSessionContent | ReturnSessionContent | SubstituteSession
)
