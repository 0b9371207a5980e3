"""Plain JSON for nameko: what kombu's own would misread is taken as it stands.

kombu's serializer gives a meaning to objects with the keys ``__type__`` and ``__value__``; a
caller could send one and have the request thrown away. Ours carries plain data and nothing else.
"""

from __future__ import annotations

from typing import Any

import msgspec

NAME = "plain-json"
CONFIGURATION = {
    "SERIALIZERS": {
        NAME: {
            "encoder": "chassis.nameko_support.wire.encode",
            "decoder": "chassis.nameko_support.wire.decode",
            "content_type": "application/json",
            "content_encoding": "utf-8",
        }
    },
    "serializer": NAME,
    "ACCEPT": [NAME],
}

encode = msgspec.json.Encoder().encode


def decode(body: bytes | str | memoryview) -> Any:
    """Return the plain data in a message's body."""
    return msgspec.json.decode(body)
