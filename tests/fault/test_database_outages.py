"""What the death of a database costs the worker: time, and nothing else."""

from __future__ import annotations

import pytest

from tests.integration.messaging import town
from tests.stack.postgresql import PostgreSQL
from tests.stack.waiting import until

pytestmark = pytest.mark.timeout(180)


def test_relay_and_consumer_go_on_when_it_is_back(crew, own_postgresql: PostgreSQL, amqp_url):
    log = town.bell(town.fresh(own_postgresql.fresh_database()))
    listener = town.fresh(own_postgresql.fresh_database())
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    relaying = crew.relay(log, amqp_url)
    until(lambda: consumer.arrivals.is_connected and relaying.is_connected)
    town.ring(log, "school-a", 500)

    own_postgresql.kill()
    until(lambda: not relaying.is_connected)
    own_postgresql.restart()
    log.database.engine.dispose()
    listener.engine.dispose()
    town.ring(log, "school-a", 500)

    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 1001))}, within=60)
    crew.stop()
    for database in (log.database, listener):
        database.close()
