"""RFC 9162 Merkle trees (section 2.1), pure: roots, paths, and their verification.

``Leaves`` gives leaf hashes and, where it knows them, roots of aligned tiles of ``TILE`` leaves, so
that a tree of millions costs thousands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

TILE = 256
EMPTY = hashlib.sha256(b"").digest()


class Leaves(Protocol):
    """The leaves of one tree."""

    def leaf(self, index: int) -> bytes:
        """Return the hash of a leaf."""

    def tile(self, number: int) -> bytes | None:
        """Return the root of a full tile, None if it is not at hand."""


class ListedLeaves:
    """Leaves in a list: a tail, a small tree, a test."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self._hashes = hashes

    def leaf(self, index: int) -> bytes:
        return self._hashes[index]

    def tile(self, number: int) -> bytes | None:
        del number
        return None


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Leaves, size: int) -> bytes:
    """Return the root of the first ``size`` leaves."""
    return _subtree(leaves, 0, size)


def inclusion_path(leaves: Leaves, index: int, size: int) -> list[bytes]:
    """Return the path that proves leaf ``index`` in the tree of ``size`` leaves."""
    return _path(leaves, index, 0, size)


def consistency_path(leaves: Leaves, first: int, second: int) -> list[bytes]:
    """Return the path that proves that a tree of ``second`` leaves begins with ``first``."""
    if first in (0, second):
        return []
    return _subproof(leaves, first, 0, second, whole=True)


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], tree: bytes) -> bool:
    """Tell whether ``path`` proves that ``leaf`` is at ``index`` under root ``tree``."""
    if index >= size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == tree


def extends(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Tell whether ``path`` proves that the second tree begins with the first."""
    if first == 0:
        return not path
    if first >= second:
        return first == second and not path and first_root == second_root
    hashes = list(path)
    if first & (first - 1) == 0:
        hashes.insert(0, first_root)
    if not hashes:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node(sibling, old), node(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


class Growing:
    """A tree that leaves are pushed onto: the root at any moment, in memory of log(size)."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def push(self, leaf: bytes) -> None:
        """Add a leaf."""
        self.size += 1
        merged, carry = leaf, self.size
        while carry & 1 == 0:
            merged = node(self._peaks.pop(), merged)
            carry >>= 1
        self._peaks.append(merged)

    def root(self) -> bytes:
        """Return the root of what was pushed so far."""
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node(peak, found)
        return found


def _subtree(leaves: Leaves, start: int, end: int) -> bytes:
    size = end - start
    if size == 0:
        return EMPTY
    if size == 1:
        return leaves.leaf(start)
    if size == TILE and start % TILE == 0:
        tile = leaves.tile(start // TILE)
        if tile is not None:
            return tile
    middle = start + _split(size)
    return node(_subtree(leaves, start, middle), _subtree(leaves, middle, end))


def _path(leaves: Leaves, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(leaves, index, start, middle), _subtree(leaves, middle, end)]
    return [*_path(leaves, index, middle, end), _subtree(leaves, start, middle)]


def _subproof(leaves: Leaves, first: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    if first == end:
        return [] if whole else [_subtree(leaves, start, end)]
    middle = start + _split(end - start)
    if first <= middle:
        rest = _subtree(leaves, middle, end)
        return [*_subproof(leaves, first, start, middle, whole=whole), rest]
    done = _subtree(leaves, start, middle)
    return [*_subproof(leaves, first, middle, end, whole=False), done]


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
