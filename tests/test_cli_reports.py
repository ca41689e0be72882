"""Reports on the command line: a file that is new, or one line that says why there is none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forecasts.cli import main

Run = Callable[..., tuple[Any, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command; returns exit status, output and error lines."""

    def command(*words: object) -> tuple[Any, str, str]:
        monkeypatch.setattr("sys.argv", ["forecasts", "report", *map(str, words)])
        status: Any = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        return status, *capsys.readouterr()

    return command


def test_a_report_is_written_once_and_refusals_leave_no_file(
    rich_db: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.html"
    assert run("forecaster", "ana", out) == (0, f"The report is in {out}.\n", "")
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "report on a forecaster" in page
    assert "Log score, in nats" not in page
    logged = tmp_path / "logged.html"
    assert run("forecaster", "ana", logged, "--rule", "log_score")[0] == 0
    assert "Log score, in nats, from 0, lower is better" in logged.read_text(encoding="utf-8")
    other = tmp_path / "other.html"
    for words, message in (
        (("question", 1, out), "exists already; a report never replaces one"),
        (("period", "2024-01", "2024-02-01", other), "FROM '2024-01': write a day"),
        (("question", 999, other), "There is no question 999."),
        (("forecaster", "ana", other, "--scale", "3"), "--scale '3': must be one of 1, 2"),
    ):
        status, said, refused = run(*words)
        assert (status, said) == (1, "")
        assert message in refused
        assert refused.count("\n") == 1
    # What is named as a PDF is one: where none can be printed, no HTML stands in its place.
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexit 7\n")
    silent.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(silent))
    printed = tmp_path / "report.pdf"
    status, _, refused = run("question", 1, printed)
    assert (status, printed.exists()) == (1, False)
    assert "silent ended with status 7" in refused
    assert not other.exists()
    assert out.read_text(encoding="utf-8") == page
