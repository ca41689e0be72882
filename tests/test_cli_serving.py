"""Who may be let in: `forecasts serve` beyond this machine asks for a sign-in first."""

import os
import sys
from ipaddress import IPv4Address

import pytest

from forecasts.cli import main


@pytest.fixture
def serve(monkeypatch, capsys, empty_db, tmp_path):
    """Run the command up to where it becomes the server; returns that command, or the refusal."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    class Serving(Exception):
        """The process would be the server's from here on."""

    def become(_program, words, environment):
        assert environment["OPENBLAS_NUM_THREADS"]
        raise Serving(*words)

    def command(*words):
        monkeypatch.setattr(os, "execve", become)
        monkeypatch.setattr(sys, "argv", ["forecasts", "serve", *words])
        try:
            main()
        except Serving as served:
            return list(served.args)
        except SystemExit:
            return capsys.readouterr().err
        raise AssertionError("it neither served nor refused")

    return command


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_this_machine_needs_no_sign_in(serve, address):
    assert serve("--address", address)[-2:] == ["--server.address", address]
    assert serve()[-1] == "127.0.0.1"


@pytest.mark.parametrize("address", [str(IPv4Address(0)), "::", "192.168.1.5", "desk.example", ""])
def test_beyond_it_a_desk_without_sign_in_is_refused(serve, address, tmp_path):
    refusal = serve("--address", address)
    assert refusal.startswith(f"address {address!r}: whoever reached it would act as you")
    assert refusal.count("\n") == 1
    assert serve("--address", address, "--without-sign-in")[-1] == address
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text("[other]\nname = 1\n")
    assert "would act as you" in serve("--address", address)
    secrets.write_text("[auth")
    assert serve("--address", address).startswith("file ")
    secrets.write_text('[auth]\ncookie_secret = "x"\n')
    assert serve("--address", address)[-1] == address
