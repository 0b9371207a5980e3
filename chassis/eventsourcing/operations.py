"""What operators do to a service, as events in its own log. Stored for ever.

Every service can publish them, so they are defined once. The reason that an operator typed is free
text and so lives in the service's vault, under ``operation_id``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEventRetried:
    """A parked event was tried again. ``applied`` counts it and those that waited behind it."""

    operation_id: str
    service: str
    seq: int
    type: str
    applied: int
    still_parked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEventDiscarded:
    """A parked event will never be applied; ``applied`` counts those behind it that now were."""

    operation_id: str
    service: str
    seq: int
    type: str
    applied: int
    still_parked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsReplayed:
    """Stored events of ``service`` were delivered again to this service alone."""

    operation_id: str
    service: str
    from_seq: int
    to_seq: int
    applied: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataErased:
    """A person's key was destroyed: nothing that was stored about them can be read any more.

    ``signature`` (base64) is made with the platform's key ``key_id`` over the other fields; see
    ``chassis.erasure``.
    """

    operation_id: str
    subject_id: str
    subject_kind: str
    grounds: str
    erased_at: str
    fields: int
    key_id: str
    signature: str


OPERATIONS: Mapping[str, tuple[type, int]] = {
    "ParkedEventRetried": (ParkedEventRetried, 1),
    "ParkedEventDiscarded": (ParkedEventDiscarded, 1),
    "EventsReplayed": (EventsReplayed, 1),
    "PersonalDataErased": (PersonalDataErased, 1),
}
"""Published name → class and schema version; part of every service's codec."""
