"""Remote calls as one-liners: ``report_incident = remote("report_incident")``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nameko.extensions import DependencyProvider
from nameko.rpc import Rpc

from chassis.eventsourcing.application import WireReply
from chassis.nameko_support.replies import SteadyRpcConsumer

APPLICATION = "HP3_APPLICATION"
"""Where the runner puts the service's application in nameko's configuration."""


class Dispatcher(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives each worker the application that the process was started with."""

    def get_dependency(self, _worker: Any) -> Any:
        return self.container.config[APPLICATION]


class _SteadyRpc(Rpc):  # type: ignore[misc]  # nameko has no types
    rpc_consumer = SteadyRpcConsumer()


def remote(operation: str) -> Callable[..., WireReply]:
    """Return the entrypoint of one operation: ``(context, params, body)`` to the application."""

    def entrypoint(
        self: Any,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> WireReply:
        reply: WireReply = self.application.handle(operation, context, params, body)
        return reply

    entrypoint.__name__ = operation
    decorated: Callable[..., WireReply] = _SteadyRpc.decorator(entrypoint)
    return decorated
