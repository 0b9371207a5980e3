"""RFC 9162 trees: known roots, and every path against a definition written out plainly."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.proof import merkle
from services.audit.proof.merkle import (
    EMPTY,
    Growing,
    ListedLeaves,
    consistency_path,
    extends,
    includes,
    inclusion_path,
    root,
)

# The reference data of certificate transparency's own tests.
DATA = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def hashes(count: int) -> list[bytes]:
    return [leaf(str(number).encode()) for number in range(count)]


class Tiled(ListedLeaves):
    """Leaves whose full tiles are known, and must then not be read."""

    def __init__(self, leaves: list[bytes], size: int = merkle.TILE) -> None:
        super().__init__(leaves)
        self._tiles = [
            root(ListedLeaves(leaves[at : at + size]), size)
            for at in range(0, len(leaves) - size + 1, size)
        ]

    def tile(self, number: int) -> bytes | None:
        return self._tiles[number] if number < len(self._tiles) else None


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int):
    leaves = [leaf(bytes.fromhex(data)) for data in DATA[:size]]
    growing = Growing()
    for each in leaves:
        growing.push(each)

    assert root(ListedLeaves(leaves), size).hex() == ROOTS[size]
    assert growing.root().hex() == ROOTS[size]


@given(st.integers(1, 600), st.data())
def test_a_path_proves_its_leaf_and_no_other(size: int, data: st.DataObject):
    index = data.draw(st.integers(0, size - 1))
    all_ = hashes(size)
    tree = root(Tiled(all_), size)
    path = inclusion_path(Tiled(all_), index, size)

    assert includes(all_[index], index, size, path, tree)
    assert not includes(leaf(b"other"), index, size, path, tree)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index)) if size > 1 else 1
    assert not includes(all_[index], other, size, path, tree)
    assert not includes(all_[index], index, size, [*path, EMPTY], tree)
    if path:
        assert not includes(all_[index], index, size, path[:-1], tree)


@given(st.integers(0, 600), st.integers(0, 600))
def test_a_tree_that_only_grew_proves_it(one: int, two: int):
    first, second = sorted((one, two))
    all_ = hashes(second)
    roots = root(ListedLeaves(all_[:first]), first), root(Tiled(all_), second)
    path = consistency_path(Tiled(all_), first, second)

    assert extends(first, second, path, *roots)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_a_tree_whose_past_was_changed_cannot_prove_it(one: int, more: int, data: st.DataObject):
    first, second = one, one + more
    honest, changed = hashes(second), hashes(second)
    changed[data.draw(st.integers(0, first - 1))] = leaf(b"changed")
    old, new = root(ListedLeaves(honest[:first]), first), root(ListedLeaves(changed), second)

    for leaves in (honest, changed):
        path = consistency_path(ListedLeaves(leaves), first, second)
        assert not extends(first, second, path, old, new)


@given(st.integers(0, 700))
def test_a_growing_tree_has_the_root_of_the_whole(size: int):
    growing = Growing()
    for each in hashes(size):
        growing.push(each)

    assert growing.root() == root(Tiled(hashes(size)), size)
    assert growing.size == size
