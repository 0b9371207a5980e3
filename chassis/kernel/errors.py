"""The one exception type that every layer understands, and its few kinds."""

from __future__ import annotations

from typing import ClassVar, Literal

from chassis.kernel.texts import said

Kind = Literal[
    "malformed",
    "unauthenticated",
    "forbidden",
    "unknown",
    "method",
    "conflict",
    "too-large",
    "too-long",
    "unsupported",
    "invalid",
    "too-many",
    "internal",
    "unavailable",
]


class BusinessRuleViolation(Exception):
    """A command was understood and refused.

    ``code`` is part of the published language: clients branch on it, so it never changes once
    released. ``clauses`` names the sentences of the two plans behind the rule. The words stand in
    a ``texts.toml`` and say what to do; ``case`` picks one where a code has several sentences, and
    ``parameters`` are what it tells.
    """

    code: ClassVar[str] = "business-rule-violation"
    clauses: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[Kind] = "conflict"

    def __init__(self, case: str = "", /, **parameters: object) -> None:
        super().__init__(self.code, case)
        self.case = case
        self.parameters = parameters

    @property
    def zh(self) -> str:
        """What happened and what to do, in Chinese."""
        return said("zh", type(self), self.code, self.case, self.parameters)

    @property
    def en(self) -> str:
        """What happened and what to do, in English."""
        return said("en", type(self), self.code, self.case, self.parameters)

    def __str__(self) -> str:
        return self.zh


class NotPermitted(BusinessRuleViolation):
    """The caller's role does not allow this."""

    code = "not-permitted"
    clauses: ClassVar[tuple[str, ...]] = ("P1-005",)
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
