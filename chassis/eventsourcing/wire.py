"""Requests and replies between plain data, as it travels, and the dataclasses of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from marshmallow import ValidationError

from contracts.schemas import loader
from contracts.shapes import LeftOut, Operation

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def request_of(
    operation: Operation, params: Mapping[str, Any] | None, body: Mapping[str, Any] | None
) -> Any:
    """Return the request that an operation declares, from the path's fields and the caller's.

    Raises:
        ValidationError: a field is missing, unknown, said twice, or not what it may be.
    """
    said, asked = params or {}, body or {}
    twice = said.keys() & asked.keys()
    if twice:
        raise ValidationError({name: ["Unknown field."] for name in sorted(twice)})
    schema = loader(operation.request, as_text=operation.as_text)
    return schema.load({**asked, **said})


def plain(body: Any) -> Any:
    """Return a reply as plain data: dicts, lists, texts, numbers."""
    if not is_dataclass(body) or isinstance(body, type):
        return msgspec.to_builtins(body)
    if _left_out(type(body)):
        return _without(body)
    return _decode(_encode(body))  # lists, where a dataclass has tuples


def _without(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        if not _left_out(type(value)):
            return _decode(_encode(value))
        spare = _own(type(value))
        found = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {
            name: _without(held) for name, held in found if not (held is None and name in spare)
        }
    if isinstance(value, tuple | list):
        return [_without(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _without(each) for name, each in value.items()}
    return msgspec.to_builtins(value)


@cache
def _own(cls: type) -> frozenset[str]:
    hints = get_type_hints(cls, include_extras=True)
    return frozenset(
        name
        for name, hint in hints.items()
        if any(isinstance(about, LeftOut) for about in getattr(hint, "__metadata__", ()))
    )


@cache
def _left_out(cls: type) -> bool:
    """Tell whether a reply, or anything in it, has fields that may be left out."""
    return bool(_own(cls)) or any(
        _left_out(each) for hint in get_type_hints(cls).values() for each in _parts(hint)
    )


def _parts(hint: Any) -> list[type]:
    if get_origin(hint) is None:
        return [hint] if isinstance(hint, type) and is_dataclass(hint) else []
    return [part for each in get_args(hint) for part in _parts(each)]
