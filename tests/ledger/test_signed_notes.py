"""Checkpoints as signed notes: published examples, what they say, what is refused."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from db.checkpoints import Checkpoint, Verifier, origin_of, parse, signed

# The example of Go's sumdb/note package, and the key of the Go checksum database.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
WORDS = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)

# The example of the tlog-checkpoint specification.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
    "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
ORIGIN = origin_of(b"l" * 32)
VERIFIER = Verifier(ORIGIN, KEY.public_key().public_bytes_raw())
NOTE = signed(ORIGIN, 17, b"r" * 32, KEY)


@pytest.mark.parametrize("text", [NEUMANN, SUMDB])
def test_published_keys_are_read_and_written_back(text):
    assert str(Verifier.parse(text)) == text


def test_a_published_signature_verifies():
    key = Verifier.parse(NEUMANN)
    note = Checkpoint("", 0, b"", WORDS, (("PeterNeumann", base64.b64decode(SIGNATURE)),))
    assert note.signer([key]) == key
    altered = Checkpoint("", 0, b"", WORDS + "x\n", note.signatures)
    with pytest.raises(ValueError, match="not that key's"):
        altered.signer([key])


def test_the_example_of_the_specification_is_read():
    found = parse(EXAMPLE)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.root.hex().startswith("0ac5186a")
    assert [name for name, _ in found.signatures] == [found.origin]
    assert found.signer([VERIFIER]) is None


def test_a_note_says_what_was_signed_and_by_whom():
    found = parse(NOTE)
    assert (found.origin, found.size, found.root) == (ORIGIN, 17, b"r" * 32)
    assert found.signer([VERIFIER]) == VERIFIER
    assert found.signer([]) is None
    assert signed(ORIGIN, 17, b"r" * 32, KEY) == NOTE
    assert Verifier.parse(str(VERIFIER)) == VERIFIER


def test_signatures_of_others_are_passed_over():
    witness = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
    other = signed(ORIGIN, 17, b"r" * 32, witness).rpartition("\n\n")[2]
    head, _, own = NOTE.rpartition("\n\n")
    both = parse(f"{head}\n\n{other}{own}")
    assert both.signer([VERIFIER]) == VERIFIER
    assert parse(f"{head}\n\n{other}").signer([VERIFIER]) is None


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 127))
def test_a_changed_byte_never_passes(place, bit):
    """Whatever is changed, the note is unreadable, unsigned, refused, or says the same."""
    raw = bytearray(NOTE.encode())
    raw[place] ^= bit
    try:
        found = parse(raw.decode(errors="replace"))
        signer = found.signer([VERIFIER])
    except ValueError:
        return
    assert signer is None or found.text == parse(NOTE).text


@pytest.mark.parametrize(
    "note",
    [
        "",
        "words",
        NOTE[:-1],
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("\n17\n", "\n017\n"),
        NOTE.replace("\n17\n", "\n-17\n"),
        NOTE.replace("\n17\n", "\n17\n\n"),
        NOTE.replace("— ", "-- "),
        NOTE.replace("\n17\n", "\n17\r\n"),
        NOTE.replace("cnJy", "cnJ"),
        f"{ORIGIN}\n17\n{base64.b64encode(b'short').decode()}\n\n— a AAAAAAAA\n",
        f"{NOTE}{'x' * 200_000}",
    ],
)
def test_what_is_no_checkpoint_is_refused(note):
    with pytest.raises(ValueError, match=r"\w"):
        parse(note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+1234",
        SUMDB.replace("033de0ae", "033de0af"),
        SUMDB[:-4],
        SUMDB.replace("sum.golang.org", "sum.golang .org"),
        f"{ORIGIN}+00000000+{base64.b64encode(b'?' * 33).decode()}",
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        Verifier.parse(text)
