"""What the relay has published, what of it is confirmed, and up to where nothing is missing.

Confirms come out of order and for many messages at once, so each is accounted for by its tag. A
partition's position moves only over a run without holes: what follows an unconfirmed event waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping


class Confirms:
    """The publications of one channel; a new channel starts again from the stored positions."""

    def __init__(self, positions: Mapping[str, int]) -> None:
        self._confirmed = dict(positions)
        self._sent = dict(positions)
        self._beyond: dict[str, set[int]] = defaultdict(set)
        self._waiting: dict[int, tuple[str, int, float]] = {}
        self._tag = 0
        self._moved: set[str] = set()

    @property
    def outstanding(self) -> int:
        """How many publications wait for their confirm."""
        return len(self._waiting)

    def sent(self, partition: str) -> int:
        """Return the last ``seq`` published of a partition."""
        return self._sent.get(partition, 0)

    def oldest(self) -> float | None:
        """Return when the publication that waits longest was sent, None if none waits."""
        return next((at for _, _, at in self._waiting.values()), None)

    def published(self, partition: str, seq: int, at: float) -> None:
        """Note the next publication; the broker numbers them from 1 as they come."""
        self._tag += 1
        self._waiting[self._tag] = (partition, seq, at)
        self._sent[partition] = seq

    def settled(self, tag: int, *, multiple: bool, confirmed: bool) -> set[str]:
        """Note a confirm or a refusal; return the partitions to be sent again."""
        refused = set()
        for settled in list(self._up_to(tag)) if multiple else [tag]:
            partition, seq, _ = self._waiting.pop(settled)
            if confirmed:
                self._confirm(partition, seq)
            elif seq > self._confirmed.get(partition, 0):
                refused.add(partition)
        for partition in refused:  # from the lowest unconfirmed one, so that order is kept
            self._sent[partition] = self._confirmed.get(partition, 0)
        return refused

    def moved(self) -> dict[str, int]:
        """Return the positions that moved since the last call."""
        moved = {partition: self._confirmed[partition] for partition in self._moved}
        self._moved.clear()
        return moved

    def _up_to(self, tag: int) -> Iterator[int]:
        for waiting in self._waiting:
            if waiting > tag:
                return
            yield waiting

    def _confirm(self, partition: str, seq: int) -> None:
        position = self._confirmed.get(partition, 0)
        beyond = self._beyond[partition]
        if seq > position:
            beyond.add(seq)
        while position + 1 in beyond:
            position += 1
            beyond.remove(position)
            self._confirmed[partition] = position
            self._moved.add(partition)
