"""How calls between processes fail, in the words that callers handle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from chassis.kernel.errors import BusinessRuleViolation


class ServiceUnavailable(BusinessRuleViolation):
    """A service did not answer in time, or is not there."""

    code = "service-unavailable"
    kind = "unavailable"


class RemoteFailure(Exception):
    """The other side failed in a way that is nobody's refusal: a bug, for its log to explain."""


class Caller(Protocol):
    """Calls a service by name; ``RpcCaller`` is one, so is the embedded mode's direct caller."""

    def call(
        self,
        service: str,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the service's reply, or raise ServiceUnavailable."""
