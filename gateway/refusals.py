"""Why the gateway itself can refuse, before or instead of a service."""

from __future__ import annotations

from chassis.eventsourcing.application import InvalidFields
from chassis.kernel.errors import BusinessRuleViolation, NotFound, NotPermitted
from chassis.security import NotAuthenticated


class MalformedRequest(BusinessRuleViolation):
    code = "malformed-request"
    kind = "malformed"


class MalformedJson(BusinessRuleViolation):
    code = "malformed-json"
    kind = "malformed"


class ObjectExpected(BusinessRuleViolation):
    code = "json-object-expected"
    kind = "malformed"


class KeyRequired(BusinessRuleViolation):
    """Every command over the API carries an ``Idempotency-Key``."""

    code = "idempotency-key-required"
    kind = "malformed"


class KeyMalformed(BusinessRuleViolation):
    code = "idempotency-key-malformed"
    kind = "malformed"


class IfMatchMalformed(BusinessRuleViolation):
    code = "if-match-malformed"
    kind = "malformed"


class LoggedOut(NotAuthenticated):
    """The session was ended before it expired."""


class Forged(BusinessRuleViolation):
    """A page of another site may have sent it."""

    code = "csrf"
    kind = "forbidden"


class PageOfAnotherRole(NotPermitted):
    clauses = ()


class NoSuchPath(NotFound):
    code = "no-such-path"


class NothingThere(NotFound):
    """A page is about something that does not exist, or is not the reader's."""


class NoTerm(NotFound):
    code = "term-unknown"


class NoDistrict(NotFound):
    code = "no-district"


class NoParameter(NotFound):
    code = "no-parameter"


class NoDocument(NotFound):
    code = "no-document"


class MethodNotAllowed(BusinessRuleViolation):
    code = "method-not-allowed"
    kind = "method"


class BodyTooLarge(BusinessRuleViolation):
    code = "body-too-large"
    kind = "too-large"


class UriTooLong(BusinessRuleViolation):
    code = "uri-too-long"
    kind = "too-long"


class MediaTypeUnsupported(BusinessRuleViolation):
    code = "unsupported-media-type"
    kind = "unsupported"


class RosterMissing(InvalidFields):
    """An upload without a file."""


class Busy(BusinessRuleViolation):
    """Writers kept meeting, or a fact has not arrived."""

    code = "busy"
    kind = "unavailable"


class DatabaseUnavailable(BusinessRuleViolation):
    code = "database-unavailable"
    kind = "unavailable"


class InternalError(BusinessRuleViolation):
    """Nobody foresaw it; the log knows more."""

    code = "internal-error"
    kind = "internal"
