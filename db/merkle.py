"""The Merkle tree of RFC 9162: hashes, roots, and both kinds of proof. Knows no database."""

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
_SHA256 = hashlib.sha256


def leaf_hash(body: str) -> bytes:
    """RFC 9162, section 2.1.1: SHA-256 of 0x00 and the entry."""
    return hashlib.sha256(b"\x00" + body.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162, section 2.1.1: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def add_leaf(frontier: bytes, size: int, leaf: bytes) -> bytes:
    """The frontier of a log of ``size`` leaves after one more."""
    return add_leaves(frontier, size, [leaf])


def add_leaves(frontier: bytes, size: int, leaves: Iterable[bytes]) -> bytes:
    """The frontier of a log of ``size`` leaves after some more.

    The frontier holds the roots of the perfect subtrees, largest first. Level by level, the one
    that is there and the new ones are joined in pairs; the odd one out stays in the frontier.
    """
    nodes, smaller = list(leaves), b""
    while nodes:
        if size & 1:
            nodes.insert(0, frontier[-HASH_BYTES:])
            frontier = frontier[:-HASH_BYTES]
        if len(nodes) & 1:
            smaller = nodes.pop() + smaller
        pairs = zip(nodes[0::2], nodes[1::2], strict=True)
        nodes = [_SHA256(b"\x01" + left + right).digest() for left, right in pairs]
        size >>= 1
    return frontier + smaller


def shared_frontier(frontier: bytes, size: int, earlier: int) -> tuple[bytes, int]:
    """The subtrees of a log of ``size`` leaves that its first ``earlier`` leaves have too.

    Returns them and how many leaves they are over: those before the smallest perfect subtree
    whose place holds both ends.
    """
    level = (size ^ earlier).bit_length()
    common = size >> level << level
    return frontier[: HASH_BYTES * common.bit_count()], common


def root_of(frontier: bytes) -> bytes:
    """The Merkle tree head over the subtrees of ``frontier``; SHA-256 of nothing if empty."""
    if not frontier:
        return hashlib.sha256(b"").digest()
    peaks = [frontier[i : i + HASH_BYTES] for i in range(0, len(frontier), HASH_BYTES)]
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree head over ``leaves``."""
    return root_of(add_leaves(b"", 0, leaves))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf ``index`` (from 0) in the tree over ``leaves``, lowest first.

    RFC 9162, section 2.1.3.1. Its split at the largest power of two is the same tree as pairing
    each level from the left and lifting an odd last node unchanged.

    Raises ValueError if there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise ValueError(f"index {index} is outside a tree of {len(leaves)} leaves")
    path = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        odd = [level[-1]] if len(level) % 2 else []
        pairs = zip(level[0::2], level[1::2], strict=False)
        level = [node_hash(left, right) for left, right in pairs] + odd
        index //= 2
    return path


def consistency_proof(leaves: Sequence[bytes], first: int) -> list[bytes]:
    """That the tree over ``leaves`` begins with the tree over its ``first`` leaves.

    RFC 9162, section 2.1.4.1. Empty if both are the same tree.

    Raises ValueError unless 1 <= ``first`` <= number of leaves.
    """
    if not 1 <= first <= len(leaves):
        raise ValueError(f"no tree of {first} leaves inside one of {len(leaves)}")
    proof: list[bytes] = []
    low, high, whole = 0, len(leaves), True  # whether leaves[low:high] begins the first tree
    while first != high:
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        if first <= middle:
            proof.append(tree_root(leaves[middle:high]))
            high = middle
        else:
            proof.append(tree_root(leaves[low:middle]))
            low, whole = middle, False
    if not whole:
        proof.append(tree_root(leaves[low:high]))
    return proof[::-1]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` leads from ``leaf`` at ``index`` to the root of ``size`` leaves.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(
    first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Whether the tree of ``second`` leaves begins with the tree of ``first`` leaves.

    RFC 9162, section 2.1.4.2.
    """
    if not 1 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, node)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
