"""Audit publishes nothing of its own: it only copies what the other services say."""

from __future__ import annotations

from marshmallow import Schema

EVENTS: dict[tuple[str, int], Schema] = {}
