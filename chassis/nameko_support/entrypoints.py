"""A service's remote calls, one for each operation that its definition can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nameko.extensions import DependencyProvider
from nameko.rpc import Rpc

from chassis.assembly import operations_of
from chassis.eventsourcing.application import WireReply
from chassis.feature import Definition
from chassis.nameko_support.replies import SteadyRpcConsumer

APPLICATION = "HP3_APPLICATION"
"""Where the runner puts the service's application in nameko's configuration."""


class Dispatcher(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives each worker the application that the process was started with."""

    def get_dependency(self, _worker: Any) -> Any:
        return self.container.config[APPLICATION]


class _SteadyRpc(Rpc):  # type: ignore[misc]  # nameko has no types
    rpc_consumer = SteadyRpcConsumer()


def rpc_service(definition: Definition) -> type:
    """Return the nameko class of a service."""
    calls = {name: remote(name) for name in operations_of(definition)}
    members = {"name": definition.name, "application": Dispatcher(), **calls}
    return type(f"{definition.name.capitalize()}Service", (), members)


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
