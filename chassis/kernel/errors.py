"""The one exception type that every layer understands, and its few kinds."""

from __future__ import annotations

from typing import ClassVar, Literal

Kind = Literal[
    "conflict",
    "invalid",
    "forbidden",
    "unknown",
    "unauthenticated",
    "too-large",
    "too-many",
    "unsupported",
    "unavailable",
]


class BusinessRuleViolation(Exception):
    """A command was understood and refused.

    ``code`` is part of the published language: clients branch on it, so it never changes once
    released. ``clauses`` names the sentences of the two plans behind the rule. The two texts are
    for people and say what to do.
    """

    code: ClassVar[str] = "business-rule-violation"
    clauses: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[Kind] = "conflict"

    def __init__(self, zh: str, en: str = "") -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en or zh


class NotPermitted(BusinessRuleViolation):
    """The caller's role does not allow this."""

    code = "not-permitted"
    clauses = ("P1-005",)
    kind = "forbidden"


class NotFound(BusinessRuleViolation):
    """There is no such thing, or the caller may not know of it."""

    code = "not-found"
    kind = "unknown"


class VersionMismatch(BusinessRuleViolation):
    """The caller acted on an older state than the stored one (``If-Match``)."""

    code = "version-mismatch"


class ConcurrencyConflict(Exception):
    """Two writers met. The chassis retries; no caller sees it."""


class NotYet(Exception):
    """A fact of another partition or service has not arrived yet: try again later."""


class NewerVersion(Exception):
    """An event is of a newer schema version than this release knows: a later release applies it."""
