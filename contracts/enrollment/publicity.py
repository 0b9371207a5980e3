"""The accepted list, shown to the public before it stands, and objections to it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts import roles
from contracts.shapes import Id, Length, command, event, query, reply, request


@event
class AcceptedListPublished:
    """Publicised until the end of ``closes_on``."""

    publicity_id: Id
    school_id: Id
    term_id: Id
    application_ids: tuple[str, ...]
    published_on: date
    closes_on: date


@event
class ListConfirmed:
    """Who of the publicised list stands confirmed; those who declined meanwhile are not in it."""

    publicity_id: Id
    school_id: Id
    term_id: Id
    application_ids: tuple[str, ...]


@event
class ObjectionRaised:
    """Against a publicised list, while it is shown; the text is in the vault."""

    publicity_id: Id
    objection_id: Id


@event
class ObjectionResolved:
    """The school's answer is in the vault; ``upheld``: it agrees."""

    publicity_id: Id
    objection_id: Id
    upheld: bool


@request
class RaiseObjection:
    """``text`` is for the school; it is kept in the vault."""

    publicity_id: Id
    text: Annotated[str, Length(1, 1000)]


@request
class ResolveObjection:
    """``answer`` is for whoever raised it."""

    publicity_id: Id
    objection_id: Id
    upheld: bool
    answer: Annotated[str, Length(1, 1000)]


@request
class PublishList:
    school_id: Id
    term_id: Id


@request
class ListPublicities:
    school_id: Id


@request
class GetPublicity:
    publicity_id: Id


@request
class ListObjections:
    publicity_id: Id


@request
class ConfirmList:
    publicity_id: Id


@reply
class Publicised:
    """One line of the list, with the name masked (张*明)."""

    name: str
    class_name: str


@reply
class PublicityState:
    """``state``: published or confirmed; it can be confirmed from ``confirmable_from``."""

    publicity_id: str
    school_id: str
    term_id: str
    state: str
    published_on: str
    closes_on: str
    confirmable_from: str
    count: int


@reply
class ObjectionState:
    """``upheld`` is null while it is open."""

    publicity_id: str
    objection_id: str
    state: str
    upheld: bool | None


@reply
class ObjectionLine(ObjectionState):
    """``text`` and ``answer``: for the office, and for whoever raised it."""

    raised_at: str
    mine: bool
    text: str | None
    answer: str | None


@reply
class Objections:
    items: tuple[ObjectionLine, ...]


@reply
class Publicity(PublicityState):
    """The list itself; only ``get_publicity`` answers it."""

    items: tuple[Publicised, ...]


@reply
class Publicities:
    items: tuple[PublicityState, ...]


LIST_PUBLICITIES = query(
    "list_publicities",
    "/schools/{school_id}/publicities",
    "List the lists a school has published",
    ListPublicities,
    Publicities,
    roles=roles.EVERYBODY,
)
PUBLISH_LIST = command(
    "publish_list",
    "/schools/{school_id}/publicities",
    "Publish the list of accepted pupils",
    PublishList,
    Publicity,
    roles=("school_office",),
)
GET_PUBLICITY = query(
    "get_publicity",
    "/publicities/{publicity_id}",
    "Show a published list, names masked",
    GetPublicity,
    Publicity,
    roles=roles.EVERYBODY,
)
LIST_OBJECTIONS = query(
    "list_objections",
    "/publicities/{publicity_id}/objections",
    "List the objections to a published list",
    ListObjections,
    Objections,
    roles=roles.EVERYBODY,
)
RAISE_OBJECTION = command(
    "raise_objection",
    "/publicities/{publicity_id}/objections",
    "Raise an objection while a list is shown",
    RaiseObjection,
    ObjectionState,
    roles=roles.EVERYBODY,
)
RESOLVE_OBJECTION = command(
    "resolve_objection",
    "/publicities/{publicity_id}/objections:resolve",
    "Resolve an objection with an answer",
    ResolveObjection,
    ObjectionState,
    roles=("school_office",),
)
CONFIRM_LIST = command(
    "confirm_list",
    "/publicities/{publicity_id}/confirm",
    "Confirm a list whose period of publication is over",
    ConfirmList,
    Publicity,
    roles=("school_office",),
)
