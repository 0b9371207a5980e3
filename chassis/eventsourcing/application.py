"""A service as one object: commands and queries by name, whatever carries the call.

The nameko shell, the in-process calls of the embedded mode and the tests all use ``handle``. It
checks the token, the role and the shape of the request, runs a command in one unit of work, and
answers with plain data: a refusal is a reply, never an exception that crosses a wire.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec
from marshmallow import Schema, ValidationError
from sqlalchemy import Connection

from chassis.clock import Clock, new_id
from chassis.eventsourcing.anonymity import unnamed
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.kernel.errors import BusinessRuleViolation, ConcurrencyConflict
from chassis.security import TokenKey, principal_of

Request: TypeAlias = dict[str, Any]
"""The checked fields of the body together with the path's parameters."""

WireReply: TypeAlias = dict[str, Any]
"""``{"status": "ok", "body", "version", "position"}`` or ``{"status": "refused", "kind", …}``."""

ATTEMPTS = 5

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answers: plain data without personal data, and the stream's version.

    A ``refusal`` commits what was appended (the refusal is on record) and tells the caller no.
    ``traceless``: no outcome is kept, since it would name who sent it; a repeat runs again.
    """

    body: Mapping[str, Any]
    version: int | None = None
    created: bool = False
    refusal: BusinessRuleViolation | None = None
    traceless: bool = False


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """One command: who may send it, its shape, the partition it locks, the function that runs it.

    ``partition(connection, request, call)`` names the school or district; it may read, not write.
    ``present(connection, body)`` adds to each answer what must not be stored with the outcome.
    ``first(connection, request)`` locks what must be locked before the partition.
    ``unnamed(request)``: once ``partition`` has let the caller in, the command runs as nobody.
    """

    run: Callable[[UnitOfWork, Request, Call], Reply]
    roles: frozenset[str]
    partition: Callable[[Connection, Request, Call], str]
    schema: Schema | None = None
    present: Callable[[Connection, dict[str, Any]], dict[str, Any]] | None = None
    first: Callable[[Connection, Request], object] = lambda connection, request: None
    unnamed: Callable[[Request], bool] = lambda request: False


@dataclass(frozen=True, slots=True)
class QueryRoute:
    """One query: who may ask, its shape, the function that answers from the read models."""

    run: Callable[[Connection, Request, Call], Mapping[str, Any]]
    roles: frozenset[str]
    schema: Schema | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """The routing tables of a service over its log."""

    log: EventLog
    commands: Mapping[str, CommandRoute]
    queries: Mapping[str, QueryRoute]
    clock: Clock
    token_key: TokenKey
    before: Callable[[UnitOfWork, Call], Call] = field(default=lambda work, call: call)
    """Completes a call inside its transaction, e.g. with the policy version in force."""

    def handle(
        self,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> WireReply:
        """Run a command or a query and return its reply as plain data.

        ``context`` carries ``token`` and, where given, ``correlation_id``, ``idempotency_key``,
        ``if_match``. ``params`` come from the path, ``body`` from the caller and is checked here.
        """
        try:
            call = self._call(context)
            route = self.commands.get(operation) or self.queries[operation]
            call.require_role(*route.roles)
            request = {**_checked(route.schema, body), **(params or {})}
            if isinstance(route, CommandRoute):
                return self._command(operation, route, request, call)
            with self.log.database.read() as connection:
                return {"status": "ok", "body": route.run(connection, request, call)}
        except BusinessRuleViolation as refusal:
            return refused(refusal)
        except ValidationError as error:
            return invalid(error)

    def _call(self, context: Mapping[str, Any]) -> Call:
        return Call(
            principal=principal_of(context["token"], self.token_key),
            now=self.clock.now(),
            correlation_id=context.get("correlation_id") or new_id(),
            idempotency_key=context.get("idempotency_key"),
            if_match=context.get("if_match"),
        )

    def _command(
        self, operation: str, route: CommandRoute, request: Request, call: Call
    ) -> WireReply:
        # The whole command in its turn: threads that compute beside a writer on SQLite take the
        # interpreter from it at each of its statements, and all of them get slower.
        with self.log.database.turn():
            reply = self._try(operation, route, request, call)
        if "position" in reply:
            self.log.announce()
        if route.present is not None and reply["status"] == "ok":
            with self.log.database.read() as connection:
                reply["body"] = route.present(connection, dict(reply["body"]))
        return reply

    def _try(self, operation: str, route: CommandRoute, request: Request, call: Call) -> WireReply:
        with self.log.database.read() as connection:
            partition = route.partition(connection, request, call)
        if route.unnamed(request):
            call = unnamed(call, self.token_key)
        for _ in range(ATTEMPTS - 1):
            with suppress(ConcurrencyConflict):
                return self._attempt(operation, route, partition, request, call)
        return self._attempt(operation, route, partition, request, call)

    def _attempt(
        self, operation: str, route: CommandRoute, partition: str, request: Request, call: Call
    ) -> WireReply:
        key = fingerprint = None
        if call.idempotency_key:
            key = f"{call.principal.account_id}:{call.idempotency_key}"
            fingerprint = _fingerprint(operation, request)
        with self.log.unit_of_work(
            partition,
            call,
            key=key,
            announce=False,
            first=lambda connection: route.first(connection, request),
        ) as work:
            if work.earlier is not None:
                return _repeat(work.earlier, fingerprint)
            work.call = call = self.before(work, call)
            outcome = route.run(work, request, call)
            reply = _wire(outcome)
            if work.appended:
                reply["position"] = [self.log.service, partition, work.head]
            if key and fingerprint and not outcome.traceless:
                work.outcome = (key, fingerprint, _encode(reply).decode())
        return reply


def _checked(schema: Schema | None, body: Mapping[str, Any] | None) -> dict[str, Any]:
    if schema is None:
        return {}
    loaded: dict[str, Any] = schema.load(dict(body or {}))
    return loaded


def _fingerprint(operation: str, request: Request) -> str:
    text = repr((operation, sorted(request.items(), key=lambda item: item[0])))
    return hashlib.sha256(text.encode()).hexdigest()


class IdempotencyKeyReused(BusinessRuleViolation):
    """The same key came with another request."""

    code = "idempotency-key-reused"
    kind = "invalid"


def _repeat(earlier: tuple[Any, ...], fingerprint: str | None) -> WireReply:
    if earlier[0] != fingerprint:
        raise IdempotencyKeyReused(
            "这个 Idempotency-Key 已用于另一个请求；新的请求请用新的值。",
            "This Idempotency-Key was used for a different request; use a new one.",
        )
    reply: WireReply = _decode(earlier[1])
    return reply


def _wire(reply: Reply) -> WireReply:
    if reply.refusal is not None:
        return refused(reply.refusal)
    return {
        "status": "ok",
        "body": dict(reply.body),
        "version": reply.version,
        "created": reply.created,
    }


def refused(refusal: BusinessRuleViolation) -> WireReply:
    """Return the reply that tells a caller why not."""
    return {
        "status": "refused",
        "kind": refusal.kind,
        "code": refusal.code,
        "clauses": list(refusal.clauses),
        "detail": {"zh": refusal.zh, "en": refusal.en},
    }


def invalid(error: ValidationError) -> WireReply:
    """Return the reply for a request of the wrong shape, with the errors of each field."""
    return {
        "status": "refused",
        "kind": "invalid",
        "code": "invalid-fields",
        "clauses": [],
        "detail": {
            "zh": "有字段不符合要求，请按 errors 逐项改正后重试。",
            "en": "Some fields are wrong; correct what `errors` lists and try again.",
        },
        "errors": error.messages_dict,
    }
