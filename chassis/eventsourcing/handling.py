"""What a service does about an operation: a function, and for a command what it locks.

A command's function gets a unit of work, a query's a ``Reading``; both get the typed request that
the operation declares and answer with the reply that it declares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from sqlalchemy import Connection
from typing_extensions import TypeVar

from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.kernel.errors import BusinessRuleViolation
from chassis.vault import Vault
from contracts.shapes import Operation

Body = TypeVar("Body", default=Any, covariant=True)


@dataclass(frozen=True, slots=True)
class Reply(Generic[Body]):
    """What a command answers: plain data without personal data, and the stream's version.

    A ``refusal`` commits what was appended (the refusal is on record) and tells the caller no.
    ``traceless``: no outcome is kept, since it would name who sent it; a repeat runs again.
    """

    body: Body
    version: int | None = None
    created: bool = False
    refusal: BusinessRuleViolation | None = None
    traceless: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query reads with: one connection, on behalf of one call."""

    connection: Connection
    call: Call
    log: EventLog

    @property
    def vault(self) -> Vault:
        """The vault of personal data."""
        assert self.log.vault is not None, f"{self.log.service} was built without a vault"
        return self.log.vault


def _nothing(_connection: Connection, _request: Any) -> None:
    return None


def _named(_request: Any) -> bool:
    return False


def _as_it_is(request: Any) -> Any:
    return request


@dataclass(frozen=True, slots=True)
class CommandHandler:
    """The function of a command, and the partition that it locks.

    ``partition(connection, request, call)`` names the school or district; it may read, not write.
    ``present(reading, body)`` adds to each answer what must not be stored with the outcome.
    ``first(connection, request)`` locks what must be locked before the partition.
    ``unnamed(request)``: once ``partition`` has let the caller in, the command runs as nobody.
    ``prepare(request)``: long work, such as reading a file, done before anything is locked; what
    it returns is what ``run`` gets instead of the request.
    """

    run: Callable[[UnitOfWork, Any, Call], Reply]
    partition: Callable[[Connection, Any, Call], str]
    present: Callable[[Reading, dict[str, Any]], dict[str, Any]] | None = None
    first: Callable[[Connection, Any], object] = _nothing
    unnamed: Callable[[Any], bool] = _named
    prepare: Callable[[Any], Any] = _as_it_is


QueryHandler: TypeAlias = Callable[[Reading, Any], Any]
"""``answer(reading, request)``."""

Handler: TypeAlias = CommandHandler | QueryHandler
Handles: TypeAlias = Mapping[Operation, Handler]
"""What each operation runs."""


@dataclass(frozen=True, slots=True)
class Route:
    """An operation with what it runs."""

    operation: Operation
    handler: Handler


def routes_of(*tables: Handles) -> dict[str, Route]:
    """Return the routes of a service by their operations' names.

    Raises:
        TypeError: an operation has two handlers, or a handler of the other kind.
    """
    found: dict[str, Route] = {}
    for table in tables:
        for operation, handler in table.items():
            if operation.name in found:
                raise TypeError(f"{operation.name} has two handlers.")
            if isinstance(handler, CommandHandler) != (operation.kind == "command"):
                raise TypeError(f"{operation.name} is a {operation.kind}; its handler is none.")
            found[operation.name] = Route(operation, handler)
    return found
