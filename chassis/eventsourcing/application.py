"""A service as one object: commands and queries by name, whatever carries the call.

The nameko shell, the in-process calls of the embedded mode and the tests all use ``handle``. It
checks the token, the role and the shape of the request, runs a command in one unit of work, and
answers with plain data: a refusal is a reply, never an exception that crosses a wire.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec
from marshmallow import ValidationError

from chassis.clock import Clock, new_id
from chassis.eventsourcing.anonymity import unnamed
from chassis.eventsourcing.handling import CommandHandler, Reading, Reply, Route
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork, unit_of_work
from chassis.eventsourcing.wire import plain, request_of
from chassis.kernel.call import Call
from chassis.kernel.errors import BusinessRuleViolation, ConcurrencyConflict
from chassis.security import TokenKey, principal_of
from chassis.vault import Vault

WireReply: TypeAlias = dict[str, Any]
"""``{"status": "ok", "body", "version", "position"}`` or ``{"status": "refused", "kind", …}``."""

ATTEMPTS = 5

REQUESTS = "request"
"""The purpose under which the vault keeps the key of requests' fingerprints."""

KEYED = "keyed-1:"
"""How a fingerprint begins; what a release before stored does not."""

FINGERPRINT_LENGTH = 64
"""What the column takes."""

_encode = msgspec.json.Encoder().encode
_canonical = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Application:
    """The operations of a service over its log, by name (``routes_of``)."""

    log: EventLog
    routes: Mapping[str, Route]
    clock: Clock
    token_key: TokenKey
    before: Callable[[UnitOfWork, Call], Call] = field(default=lambda work, call: call)
    """Completes a call inside its transaction, e.g. with the policy version in force."""

    def __post_init__(self) -> None:
        self._vault.learn(self.log.database, [REQUESTS])

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
            route = self.routes[operation]
            call.require_role(*route.operation.roles)
            request = request_of(route.operation, params, body)
            handler = route.handler
            if isinstance(handler, CommandHandler):
                return self._command(operation, handler, request, call)
            with self.log.database.read() as connection:
                answer = handler(Reading(connection, call, self.log), request)
            return {"status": "ok", "body": plain(answer)}
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
        self, operation: str, route: CommandHandler, request: Any, call: Call
    ) -> WireReply:
        # The whole command in its turn: threads that compute beside a writer on SQLite take the
        # interpreter from it at each of its statements, and all of them get slower.
        with self.log.database.turn():
            reply = self._try(operation, route, request, call)
        if "position" in reply:
            self.log.announce()
        if route.present is not None and reply["status"] == "ok":
            with self.log.database.read() as connection:
                reading = Reading(connection, call, self.log)
                reply["body"] = plain(route.present(reading, dict(reply["body"])))
        return reply

    def _try(self, operation: str, route: CommandHandler, request: Any, call: Call) -> WireReply:
        fingerprint = self._fingerprint(operation, request) if call.idempotency_key else None
        with self.log.database.read() as connection:
            partition = route.partition(connection, request, call)
        if route.unnamed(request):
            call = unnamed(call, self.token_key)
        prepared = route.prepare(request)
        for _ in range(ATTEMPTS - 1):
            with suppress(ConcurrencyConflict):
                return self._attempt(route, partition, request, prepared, call, fingerprint)
        return self._attempt(route, partition, request, prepared, call, fingerprint)

    def _attempt(
        self,
        route: CommandHandler,
        partition: str,
        request: Any,
        prepared: Any,
        call: Call,
        fingerprint: str | None,
    ) -> WireReply:
        key = f"{call.principal.account_id}:{call.idempotency_key}" if fingerprint else None
        with unit_of_work(
            self.log,
            partition,
            call,
            key=key,
            announce=False,
            first=lambda connection: route.first(connection, request),
        ) as work:
            if work.earlier is not None:
                return _repeat(work.earlier, fingerprint)
            work.call = call = self.before(work, call)
            outcome = route.run(work, prepared, call)
            work.follow_up()
            reply = _wire(outcome)
            if work.appended:
                reply["position"] = [self.log.service, partition, work.head]
            if key and fingerprint and not outcome.traceless:
                work.outcome = (key, fingerprint, _encode(reply).decode())
        return reply

    def _fingerprint(self, operation: str, request: Any) -> str:
        """Return what tells a repeat from another request, and nothing else to who reads it.

        Keyed, since a digest of names and phones can be guessed back, also after an erasure; under
        a key that a rotation of the master key wraps anew and does not change. Of canonical JSON:
        sorted names, UTF-8, no white space, dates as ISO 8601.
        """
        text = _canonical((operation, request)).decode()
        return f"{KEYED}{self._vault.fingerprint(REQUESTS, text)}"[:FINGERPRINT_LENGTH]

    @property
    def _vault(self) -> Vault:
        assert self.log.vault is not None, f"{self.log.service} was built without a vault"
        return self.log.vault


class InvalidFields(BusinessRuleViolation):
    """The request is of the wrong shape; ``errors`` says what is wrong, per field."""

    code = "invalid-fields"
    kind = "invalid"


class IdempotencyKeyReused(BusinessRuleViolation):
    """The same key came with another request."""

    code = "idempotency-key-reused"
    kind = "invalid"


def _repeat(earlier: tuple[Any, ...], fingerprint: str | None) -> WireReply:
    # What a release before stored tells nothing of the request: its repeat is answered as well.
    if earlier[0].startswith(KEYED) and earlier[0] != fingerprint:
        raise IdempotencyKeyReused()
    reply: WireReply = _decode(earlier[1])
    return reply


def _wire(reply: Reply) -> WireReply:
    if reply.refusal is not None:
        return refused(reply.refusal)
    return {
        "status": "ok",
        "body": plain(reply.body),
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
    return {**refused(InvalidFields()), "errors": error.messages_dict}
