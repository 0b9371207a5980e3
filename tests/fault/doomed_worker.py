"""A worker that dies at the worst moment: ``python -m tests.fault.doomed_worker MOMENT …``.

Arguments: the moment, the owner's and the listener's database, the broker. The moments are before a
publication, between one and its stored position, between an effect and its commit, and between the
commit and the acknowledgement.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from chassis.eventsourcing.database import open_database
from chassis.messaging.checkpoints import Checkpoints
from chassis.messaging.consumer import Arrivals
from chassis.messaging.relay import Relay
from chassis.messaging.relay_log import RelayLog
from chassis.service import Service
from chassis.worker import run_worker
from tests.integration.messaging import town

MOMENTS = {
    "appended-not-published": (Relay, "_publish"),
    "published-not-stored": (RelayLog, "save"),
    "applied-not-committed": (Checkpoints, "advance"),
    "committed-not-acknowledged": (Arrivals, "acknowledge"),
}


def die(*_: Any, **__: Any) -> None:
    """End as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    moment, owner_url, listener_url, amqp_url = sys.argv[1:]
    setattr(*MOMENTS[moment], die)
    subscriber = town.pupils(open_database(listener_url), town.Deaf())
    log = town.bell(open_database(owner_url))
    service = Service("bell", log.database, None, log, subscriber)  # type: ignore[arg-type]
    sys.exit(run_worker(service, amqp_url))
