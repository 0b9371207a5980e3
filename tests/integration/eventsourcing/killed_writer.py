"""A process that appends and prints each number it was told is stored, until somebody kills it."""

from __future__ import annotations

import sys
import threading
import time

from chassis.eventsourcing.unit_of_work import unit_of_work
from tests.integration.eventsourcing.counting import CALL, TALLY, open_log


def main() -> None:
    log = open_log(sys.argv[1])
    printing = threading.Lock()
    start = time.time_ns() // 1000 % 1_000_000_000

    def write(offset: int) -> None:
        number = start + offset
        while True:
            with unit_of_work(log, "north", CALL) as work:
                work.execute(TALLY, "a", number)
            with printing:
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
            number += 4

    threads = [threading.Thread(target=write, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()


if __name__ == "__main__":
    main()
