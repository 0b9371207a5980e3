"""What the published language is made of: bounded types, messages, operations.

The standard library only, so that a pure domain may use its own service's events.

A message is a frozen dataclass marked ``@event``, ``@request`` or ``@reply``. What a field may hold
is its type, with our own small classes as ``Annotated`` data; ``contracts.schemas`` makes the
checks and the documents from it. An operation is declared once, by ``command`` or ``query``: its
routes, remote calls, roles and the record of who reads a child's data come from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, cast, dataclass_transform, overload

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters a text, or items a list, has at least and at most."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest value, both included; None: no such bound."""

    least: Any = None
    most: Any = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that the beginning of a text matches; ``error`` says what is wanted."""

    regex: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values that are allowed."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instant:
    """A text that is an instant: RFC 3339 with offset."""


@dataclass(frozen=True, slots=True)
class NotNull:
    """Any JSON value but null."""


@dataclass(frozen=True, slots=True)
class WireName:
    """The field's name on the wire, where Python keeps the word for itself."""

    name: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """May be missing: an answer leaves it out where it is None, an early event did not have it."""


Id: TypeAlias = Annotated[str, Length(1, 64)]
"""An opaque id."""

Slug: TypeAlias = Annotated[
    str, Pattern(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z", "1 to 40 letters, digits, - or _.")
]
"""An id that the caller chooses."""

Sha256: TypeAlias = Annotated[str, Length(64, 64)]
"""A SHA-256 in hex."""

Fen: TypeAlias = Annotated[int, Range(0)]
"""Money in integer fen, never negative."""

Month: TypeAlias = Annotated[
    str, Pattern(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z", "Not a month like 2026-09.")
]
"""A calendar month such as 2026-09."""

Data: TypeAlias = dict[str, Any]
"""An event's ``data`` as it is stored."""

Kind = Literal["event", "request", "reply", "part"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a message class is: its kind, and its name in the published documents.

    ``name`` is an event's stored type or a schema's component; ``upcast`` makes the ``data`` of
    the next version from an event of this one, None for the newest.
    """

    kind: Kind
    name: str
    version: int = 1
    upcast: Callable[[Data], Data] | None = None


def said(cls: type) -> Said:
    """Return what ``cls`` was declared as.

    Raises:
        TypeError: it is no message of the published language.
    """
    mark = cls.__dict__.get("__said__")
    if mark is None:
        raise TypeError(f"{cls.__qualname__} is no @event, @request or @reply.")
    return cast(Said, mark)


def service_of(cls: type) -> str:
    """Return the service that ``cls`` belongs to: the folder it is declared in."""
    folder, _, _ = cls.__module__.removeprefix("contracts.").rpartition(".")
    return folder


@overload
def event(cls: type[T], /) -> type[T]: ...
@overload
def event(*, version: int) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(cls: type[T] | None = None, /, *, version: int = 1) -> Any:
    """Declare a fact. Its class name is its stored type, for ever."""

    def declare(cls: type[T]) -> type[T]:
        return _message(cls, Said("event", cls.__name__, version))

    return declare if cls is None else declare(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def earlier(
    newest: type, *, version: int, upcast: Callable[[Data], Data]
) -> Callable[[type[T]], type[T]]:
    """Declare an earlier version of an event; ``upcast`` makes the next version's data of it."""

    def declare(cls: type[T]) -> type[T]:
        return _message(cls, Said("event", said(newest).name, version, upcast))

    return declare


@overload
def request(cls: type[T], /) -> type[T]: ...
@overload
def request(*, component: str) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True)
def request(cls: type[T] | None = None, /, *, component: str = "") -> Any:
    """Declare what a caller says. ``component``: its published name, where it is another one."""

    def declare(cls: type[T]) -> type[T]:
        return _message(cls, Said("request", component or _component(cls, "Request")))

    return declare if cls is None else declare(cls)


@overload
def reply(cls: type[T], /) -> type[T]: ...
@overload
def reply(*, component: str) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True)
def reply(cls: type[T] | None = None, /, *, component: str = "") -> Any:
    """Declare what a service answers. ``component`` as for a request."""

    def declare(cls: type[T]) -> type[T]:
        return _message(cls, Said("reply", component or _component(cls)))

    return declare if cls is None else declare(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(cls: type[T]) -> type[T]:
    """Declare what events, requests or answers are made of."""
    return _message(cls, Said("part", _component(cls)))


def _message(cls: type[T], mark: Said) -> type[T]:
    # A fact is compared and shown. What is asked and answered is neither, and may name persons;
    # not making these functions also takes a third of the time of a message off every start.
    fact = mark.kind in ("event", "part")
    cls.__doc__ = (
        cls.__doc__ or "\n"
    )  # else its signature is made, slowly, and shown as what it says
    made = dataclass(frozen=True, slots=True, kw_only=True, eq=fact, repr=fact)(cls)
    made.__said__ = mark  # type: ignore[attr-defined]
    return made


def _component(cls: type, suffix: str = "") -> str:
    service = service_of(cls)
    published = cls.__module__.startswith("contracts.") and service
    return f"{service}.{cls.__name__}{suffix}" if published else cls.__name__


@request(component="Nothing")
class Nothing:
    """A request that says nothing but its operation."""


@request
class Page:
    """``after`` is the ``next`` of the page before."""

    limit: Annotated[int, Range(1, 500)] = 50
    after: Annotated[str, Length(0, 200)] | None = None


@reply
class Money:
    """Money in integer fen."""

    amount_fen: int
    currency: Annotated[str, OneOf(("CNY",))]


@dataclass(frozen=True, slots=True)
class Reads:
    """Whose data an operation shows, and what for: it goes on record.

    ``subject``: the field of the request, or of the answer, that names whose.
    """

    subject: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a service can be asked: how, by whom, and what is answered.

    ``path``: where the API has it; the request's fields in braces come from there (``{?name}``:
    from its query string), the others from the body, a query's from the query string. Without a
    path it is for other services, pages and operators only. ``{consumer}`` stands for each service
    where every service has the operation (``service`` is then ``operations``). ``posted``: a query
    whose request is too long or too secret for a URL, so it is the body of a POST.
    """

    kind: Literal["command", "query"]
    name: str
    path: str
    summary: str
    request: type
    reply: type
    roles: frozenset[str]
    reads: Reads | None = None
    posted: bool = False
    service: str = ""

    @property
    def path_fields(self) -> frozenset[str]:
        """The request's fields that the path carries."""
        return frozenset(re.findall(r"\{\??(\w+)\}", self.path)) - {"consumer"}

    @property
    def as_text(self) -> bool:
        """Whether the request's values arrive as text, in a query string."""
        return self.kind == "query" and not self.posted

    @property
    def options(self) -> tuple[str, ...]:
        """Those of them that stand in the query string."""
        return tuple(re.findall(r"\{\?(\w+)\}", self.path))


def command(
    name: str,
    path: str,
    summary: str,
    request: type,
    reply: type,
    *,
    roles: tuple[str, ...],
    reads: tuple[str, str] | None = None,
) -> Operation:
    """Declare an operation that may change something; callers send an Idempotency-Key."""
    about = Reads(*reads) if reads else None
    service = service_of(reply) or service_of(request)
    return Operation(
        "command", name, path, summary, request, reply, frozenset(roles), about, service=service
    )


def query(
    name: str,
    path: str,
    summary: str,
    request: type,
    reply: type,
    *,
    roles: tuple[str, ...],
    reads: tuple[str, str] | None = None,
    posted: bool = False,
) -> Operation:
    """Declare an operation that only asks."""
    about = Reads(*reads) if reads else None
    service = service_of(reply) or service_of(request)
    return Operation(
        "query", name, path, summary, request, reply, frozenset(roles), about, posted, service
    )
