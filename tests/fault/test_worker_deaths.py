"""A worker killed at the worst moment loses nothing and does nothing twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.fault.doomed_worker import MOMENTS
from tests.integration.messaging import town
from tests.stack.processes import Process, ending
from tests.stack.waiting import until


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_is_lost_or_done_twice(crew, log, listener, amqp_url, tmp_path: Path, moment):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: consumer.arrivals.is_connected)
    crew.stop()  # its queue stays
    for school in ("school-a", "school-b"):
        town.ring(log, school, 300)

    urls = [_url(log.database), _url(listener), amqp_url]
    doomed = Process(tmp_path, "doomed", ["tests.fault.doomed_worker", moment, *urls], {})
    with ending([doomed]):
        assert doomed.start().wait() == -signal.SIGKILL, doomed.output()

    crew.relay(log, amqp_url)
    crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    everything = list(range(1, 301))
    until(lambda: town.heard_in(listener) == {"school-a": everything, "school-b": everything})
    until(lambda: town.relayed(log) == {"school-a": 300, "school-b": 300})


def _url(database) -> str:
    url: str = database.engine.url.render_as_string(hide_password=False)
    return url
