"""marshmallow schemas of the published language, made from its dataclasses and kept.

The same schema checks what arrives and documents it (OpenAPI, AsyncAPI).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from marshmallow import RAISE, Schema, post_load, validate
from marshmallow import fields as checks

from contracts.shapes import Instant, LeftOut, Length, OneOf, Pattern, Range, Said, WireName, said


class Tuple(checks.List[Any]):
    """A list that loads as a tuple, as the dataclasses hold it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **kwargs))


class _Message(Schema):
    """What every schema made here knows of its dataclass."""

    message: type
    said: Said


class _Strict(_Message):
    """Refuses fields it does not know, so that a typing error never passes silently."""

    class Meta:
        unknown = RAISE


class _Built(_Strict):
    """Loads into the dataclass itself."""

    @post_load
    def _build(self, data: Mapping[str, Any], **_: Any) -> Any:
        return self.message(**data)


@cache
def schema_of(
    cls: type, *, without: frozenset[str] = frozenset(), as_text: bool = False
) -> type[Schema]:
    """Return the schema of a message.

    ``without``: fields that come from elsewhere, such as an operation's path; the schema then
    loads a mapping. ``as_text``: values arrive as text, as in a query string.

    Raises:
        TypeError: ``cls`` is no message, or a field has a type that the language does not know.
    """
    mark = said(cls)
    hints, described = get_type_hints(cls, include_extras=True), _described(cls)
    made: dict[str, Any] = {
        each.name: _field(mark, each, hints[each.name], described, as_text)
        for each in fields(cls)
        if each.name not in without
    }
    base = _Message if mark.kind == "reply" else _Strict
    if mark.kind == "part" or (mark.kind == "request" and not without):
        base = _Built
    about = {"__doc__": cls.__doc__, "__module__": cls.__module__, "message": cls, "said": mark}
    return type(cls.__name__, (base,), {**made, **about})


@cache
def loader(cls: type, *, as_text: bool = False) -> Schema:
    """Return a schema of a request, ready to load it."""
    return schema_of(cls, as_text=as_text)()


def _field(
    mark: Said, each: Field[Any], hint: Any, described: Mapping[str, str], as_text: bool
) -> checks.Field[Any]:
    options: dict[str, Any] = {}
    if each.name in described:
        options["metadata"] = {"description": described[each.name]}
    marks = _marks(hint)
    for about in marks:
        if isinstance(about, WireName):
            options["data_key"] = about.name
    if mark.kind == "request" and each.default is not MISSING:
        options["load_default"] = tuple if each.default == () else each.default
    elif mark.kind == "request" and each.default_factory is not MISSING:
        options["load_default"] = each.default_factory
    else:
        options["required"] = not any(isinstance(about, LeftOut) for about in marks)
    made = _checks(hint, options, as_text)
    if mark.kind == "reply" and not made.required:
        made.allow_none = False  # left out rather than null
    return made


def _marks(hint: Any) -> tuple[Any, ...]:
    """Return what is said about a field as a whole, also where it may be None."""
    if get_origin(hint) is Annotated:
        return get_args(hint)[1:]
    if get_origin(hint) in (Union, UnionType):
        return tuple(mark for each in get_args(hint) for mark in _marks(each))
    return ()


def _described(cls: type) -> dict[str, str]:
    """Return what a docstring says of each field: ``name``: what it is."""
    told = " ".join((cls.__doc__ or "").split())
    found = re.findall(r"``(\w+)``: (.+?)(?=\. |; ``|, ``\w+``:|\.?$)", told)
    return {name: text[0].upper() + text[1:] + "." for name, text in found}


def _checks(hint: Any, options: Mapping[str, Any], as_text: bool) -> checks.Field[Any]:
    """Return the marshmallow field for a type."""
    bounds: list[Any] = []
    maybe = instant = False
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *marks = get_args(hint)
            instant = instant or any(isinstance(mark, Instant) for mark in marks)
            bounds += [bound for mark in marks if (bound := _bound(mark)) is not None]
        elif origin in (Union, UnionType):
            (hint,) = (each for each in get_args(hint) if each is not NoneType)
            maybe = True
        else:
            break
    if origin is Literal:
        if not any(isinstance(bound, validate.OneOf) for bound in bounds):  # else some of them
            bounds.append(validate.OneOf(get_args(hint)))
        hint = str
    known = dict(options)
    if maybe:
        known["allow_none"] = True
    if bounds:
        known["validate"] = bounds if len(bounds) > 1 else bounds[0]
    return _of_type(datetime if instant else hint, origin, known, as_text)


def _of_type(hint: Any, origin: Any, known: Mapping[str, Any], as_text: bool) -> checks.Field[Any]:
    if origin is tuple:
        return Tuple(_checks(get_args(hint)[0], {}, as_text), **known)
    if origin is dict:
        _, value = get_args(hint)
        values = None if value is object else _checks(value, {}, as_text)
        return checks.Dict(keys=_checks(get_args(hint)[0], {}, as_text), values=values, **known)
    if is_dataclass(hint):
        return checks.Nested(schema_of(hint), **known)  # type: ignore[arg-type]
    if hint is int:
        return checks.Integer(strict=not as_text, **known)
    if hint in _PLAIN:
        return _PLAIN[hint](**known)
    raise TypeError(f"{hint} is no type of the published language.")


def _bound(mark: Any) -> validate.Validator | None:
    match mark:
        case Length(least=least, most=most) if least == most:
            return validate.Length(equal=least)
        case Length(least=least, most=most):
            return validate.Length(min=least or None, max=most)
        case Range(least=least, most=most):
            return validate.Range(min=least, max=most)
        case Pattern(regex=regex, error=error):
            return validate.Regexp(re.compile(regex), error=error)
        case OneOf(choices=choices):
            return validate.OneOf(choices)
        case _:
            return None


_PLAIN: Mapping[Any, type[checks.Field[Any]]] = {
    str: checks.String,
    bool: checks.Boolean,
    float: checks.Float,
    date: checks.Date,
    datetime: checks.AwareDateTime,
    object: checks.Raw,
}
