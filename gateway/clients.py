"""The port through which the gateway reaches the services; injected at start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from chassis.eventsourcing.application import WireReply
from chassis.messaging.calls import ServiceUnavailable

__all__ = ["ServiceCaller", "ServiceUnavailable"]


class ServiceCaller(Protocol):
    """Calls a service by name: over RabbitMQ in a cluster, directly in the embedded mode."""

    def call(
        self,
        service: str,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> WireReply:
        """Return the service's reply.

        Raises:
            ServiceUnavailable: nobody answered; whether the command was done is unknown, so
                repeat it with the same idempotency key.
        """
