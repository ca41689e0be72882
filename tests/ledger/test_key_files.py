"""The signing key's file: outside the database, its owner's only, never overwritten."""

import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from db.checkpoints import Verifier
from db.keys import key_path, known_keys, load_key, new_key, remember, store_key


@pytest.fixture(autouse=True)
def own_key_file(tmp_path, monkeypatch):
    monkeypatch.setenv("FORECASTS_KEY", str(tmp_path / "keys" / "key.pem"))


def test_without_the_variable_it_lies_in_the_users_configuration(monkeypatch):
    monkeypatch.delenv("FORECASTS_KEY")
    assert key_path().name == "signing-key.pem"
    assert key_path().parent.name == "forecast-desk"


def test_a_key_is_read_back_and_is_its_owners_only():
    assert load_key() is None
    key = new_key()
    assert store_key(key) is None
    assert load_key().private_bytes_raw() == key.private_bytes_raw()
    assert stat.S_IMODE(key_path().stat().st_mode) == 0o600


def test_an_earlier_key_is_put_aside_and_never_lost():
    keys = [new_key() for _ in range(3)]
    aside = [store_key(key) for key in keys]
    assert load_key().private_bytes_raw() == keys[2].private_bytes_raw()
    assert aside[0] is None
    for path, key in zip(aside[1:], keys, strict=False):
        found = serialization.load_pem_private_key(path.read_bytes(), password=None)
        assert found.private_bytes_raw() == key.private_bytes_raw()


def test_a_key_that_others_may_read_is_refused():
    store_key(new_key())
    key_path().chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        load_key()


def test_what_is_no_such_key_is_refused():
    store_key(new_key())
    key_path().write_text("words")
    with pytest.raises(ValueError, match="no private key"):
        load_key()
    wrong = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key_path().write_bytes(wrong)
    with pytest.raises(ValueError, match="no Ed25519"):
        load_key()


def test_public_keys_are_remembered_once():
    store_key(new_key())
    assert known_keys() == []
    keys = [Verifier(name, b"p" * 32) for name in ("a", "b", "a")]
    for key in keys:
        remember(key)
    assert known_keys() == keys[:2]
