"""Numbers from the environment, refused in one line. A leaf: it imports nothing heavy.

A process that serves calls is made green before anything heavy is imported.
"""

from __future__ import annotations

import os


def number(name: str, default: int, *, least: int = 0, most: int = 65_535) -> int:
    """Return a number from the environment.

    Raises:
        WrongSetting: it is no number from ``least`` to ``most``.
    """
    from chassis.settings import WrongSetting

    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise WrongSetting(f"{name} must be a number from {least} to {most}")
    return int(text)


def event_queues() -> int:
    """Return how many queues each consumer has (``HP3_EVENT_QUEUES``).

    Raises:
        WrongSetting: it is no such number.
    """
    from chassis.messaging.topology import MAX_QUEUES

    return number("HP3_EVENT_QUEUES", 1, least=1, most=MAX_QUEUES)
