"""Inclusion and consistency proofs: published vectors, then laws over all small trees."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.merkle import (
    add_leaf,
    add_leaves,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    node_hash,
    root_of,
    shared_frontier,
    tree_root,
)

# The test entries of Certificate Transparency's reference code, and the proofs it publishes.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
ENTRIES.append(bytes(range(0x60, 0x70)).hex())
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in ENTRIES]
N01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
L0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
L1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
L4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (0, 8, [L1, N23, N47]),
        (5, 8, [L4, N67, N03]),
        (2, 3, [N01]),
        (1, 5, [L0, N23, L4]),
    ],
)
def test_audit_paths_are_the_published_ones(index, size, path):
    assert [node.hex() for node in inclusion_proof(LEAVES[:size], index)] == path


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        (1, 1, []),
        (1, 8, [L1, N23, N47]),
        (6, 8, [N45, N67, N03]),
        (2, 5, [N23, L4]),
    ],
)
def test_consistency_proofs_are_the_published_ones(first, second, path):
    assert [node.hex() for node in consistency_proof(LEAVES[:second], first)] == path


def leaves(count: int) -> list[bytes]:
    return [hashlib.sha256(bytes([0, number])).digest() for number in range(count)]


def defined_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(defined_root(leaves[:split]), defined_root(leaves[split:]))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_leaves_added_in_any_portions_give_the_root_of_the_definition(portions):
    tree = [hashlib.sha256(number.to_bytes(2, "big")).digest() for number in range(sum(portions))]
    frontier, size = b"", 0
    for portion in portions:
        frontier = add_leaves(frontier, size, tree[size : size + portion])
        size += portion
    one_by_one = b""
    for count, leaf in enumerate(tree):
        one_by_one = add_leaf(one_by_one, count, leaf)
    assert frontier == one_by_one
    if tree:
        assert root_of(frontier) == tree_root(tree) == defined_root(tree)


def test_an_earlier_frontier_is_continued_from_what_the_later_one_shares():
    tree = leaves(70)
    for size in range(1, 71):
        frontier = add_leaves(b"", 0, tree[:size])
        for earlier in range(1, size + 1):
            shared, known = shared_frontier(frontier, size, earlier)
            assert shared == add_leaves(b"", 0, tree[:known])
            assert known <= earlier
            root = root_of(add_leaves(shared, known, tree[known:earlier]))
            assert root == tree_root(tree[:earlier])
    assert shared_frontier(frontier, 70, 70) == (frontier, 70)
    assert shared_frontier(frontier, 70, 69)[1] == 68


def test_every_proof_of_every_small_tree_verifies():
    for size in range(1, 34):
        tree = leaves(size)
        root = tree_root(tree)
        for index in range(size):
            path = inclusion_proof(tree, index)
            assert len(path) <= (size - 1).bit_length()
            assert is_included(tree[index], index, size, path, root)
        for first in range(1, size + 1):
            proof = consistency_proof(tree, first)
            assert is_consistent(first, size, proof, tree_root(tree[:first]), root)


@given(st.integers(2, 60), st.data())
def test_nothing_else_verifies(size, data):
    tree = leaves(size)
    root = tree_root(tree)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(tree, index)
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    assert not is_included(tree[other], index, size, path, root)
    assert not is_included(tree[index], index, size, path, tree[0])
    assert not is_included(tree[index], index, size, path[:-1], root)
    assert not is_included(tree[index], index, size, [*path, root], root)
    assert not is_included(tree[index], size, size, path, root)
    assert not is_included(tree[index], -1, size, path, root)


@given(st.integers(2, 60), st.data())
def test_a_log_that_does_not_continue_another_has_no_proof(size, data):
    tree = leaves(size)
    first = data.draw(st.integers(1, size - 1))
    proof, root = consistency_proof(tree, first), tree_root(tree)
    before = tree_root(tree[:first])
    changed = data.draw(st.integers(0, first - 1))
    rewritten = [*tree[:changed], b"x" * 32, *tree[changed + 1 :]]
    assert not is_consistent(first, size, proof, tree_root(rewritten[:first]), root)
    forged = consistency_proof(rewritten, first)
    assert not is_consistent(first, size, forged, before, tree_root(rewritten))
    assert not is_consistent(first, size, proof[:-1], before, root)
    assert not is_consistent(first, size, [*proof, root], before, root)
    assert not is_consistent(size, first, proof, root, before)
    assert not is_consistent(0, size, proof, before, root)


def test_equal_trees_need_no_proof():
    root = tree_root(LEAVES)
    assert is_consistent(8, 8, [], root, root)
    assert not is_consistent(8, 8, [root], root, root)
    assert not is_consistent(8, 8, [], root, node_hash(root, root))
    assert not is_consistent(4, 8, [], tree_root(LEAVES[:4]), root)


def test_there_is_no_proof_outside_the_tree():
    for index in (-1, 8):
        with pytest.raises(ValueError, match="outside"):
            inclusion_proof(LEAVES, index)
    for first in (0, 9):
        with pytest.raises(ValueError, match="no tree"):
            consistency_proof(LEAVES, first)
