"""Figures for Prometheus; served on a port only where one is named."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, start_http_server

RELAYED = Counter("hp3_relayed_events_total", "Events confirmed by the broker", ["service"])
APPLIED = Counter("hp3_applied_events_total", "Events of other services applied", ["consumer"])
HEALED = Counter(
    "hp3_healed_events_total", "Events fetched from their owner, not the bus", ["consumer"]
)
PARKED = Gauge("hp3_parked_events", "Events that could not be applied", ["consumer"])
INCOMPLETE = Gauge(
    "hp3_incomplete_places", "Logs of which a consumer saw something else", ["consumer"]
)
FAILED = Counter("hp3_failed_batches_total", "Batches to be tried again", ["consumer"])


def serve(port: int) -> None:
    """Answer ``/metrics`` on ``port`` from a daemon thread."""
    start_http_server(port)
