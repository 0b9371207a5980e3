"""The written application: what a family's form said, as one text that can be hashed.

Rules:
    1. The text has the facts of the form and the consent: which account sent it, and when (P1-061,
       P2-049).
    2. It names persons by id only: it can be kept, and its hash checked, after a name is erased.
    3. What becomes of the application is no part of it: the hash stays the same for ever.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenApplication:
    """The form as it was sent; ``submitted_at`` is RFC 3339 as the log has it."""

    application_id: str
    school_id: str
    class_id: str
    student_id: str
    guardian_id: str
    term_id: str
    service_kinds: tuple[str, ...]
    account_id: str
    role: str
    submitted_at: str


def text_of(form: WrittenApplication) -> str:
    """Return the text: JSON, names sorted, no white space. Equal forms have equal texts."""
    return json.dumps(asdict(form), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the hash that is printed on the form."""
    return sha256(text.encode()).hexdigest()
