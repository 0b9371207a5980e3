"""Domain events to and from stored JSON, by explicit type strings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from chassis.eventsourcing.upcasting import Upcasters, raised
from contracts.shapes import said


class Codec:
    """Encode a service's events under their published names.

    ``events`` are classes of the published language, earlier versions among them or not: the
    newest of a name is what is written. ``upcasters`` bring what older releases wrote up to date.
    """

    def __init__(self, events: Iterable[type], upcasters: Upcasters | None = None) -> None:
        self._upcasters = upcasters or {}
        known: dict[str, tuple[type, int]] = {}
        for cls in events:
            mark = said(cls)
            if mark.version > known.get(mark.name, (cls, 0))[1]:
                known[mark.name] = (cls, mark.version)
        self.types = known
        self._classes = known
        self._names = {cls: (name, version) for name, (cls, version) in known.items()}
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {
            name: msgspec.json.Decoder(cls) for name, (cls, _) in known.items()
        }
        self._encode = msgspec.json.Encoder().encode

    def encode(self, event: object) -> tuple[str, int, str]:
        """Return (type, schema_version, data as JSON text) of a domain event."""
        name, version = self._names[type(event)]
        return name, version, self._encode(event).decode()

    def decode(self, name: str, version: int, data: str) -> Any:
        """Return the domain event of a stored row, whatever version it was written in.

        Raises:
            KeyError: the type is not this service's own.
            NewerVersion: a later release wrote it.
        """
        cls, newest = self._classes[name]
        if version == newest:
            return self._decoders[name].decode(data)
        return msgspec.convert(
            raised(name, version, newest, msgspec.json.decode(data), self._upcasters), cls
        )
