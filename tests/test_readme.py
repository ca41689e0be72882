"""The README's promises: its commands run, its table names folders that exist."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_every_command_of_the_readme_runs(tmp_path):
    (session,) = re.findall(r"```console\n(.*?)```", README, re.S)
    commands = [line.removeprefix("$ ") for line in session.splitlines()]
    assert len(commands) > 10
    assert commands[0] == ". .venv/bin/activate"
    environment = {
        **os.environ,
        "FORECASTS_DB": f"sqlite:///{tmp_path / 'desk.db'}",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")  # beside it, so that no file is left here
    for command in commands[1:]:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout, command


def test_every_place_it_names_exists():
    places = re.findall(r"`((?:forecasts|dashboard|db|seeds|docs)(?:/[\w.]+)*)`", README)
    assert len(places) > 6
    for place in places:
        assert (ROOT / place).exists(), place
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", README):
        assert (ROOT / picture).is_file(), picture


def test_every_command_of_the_script_is_in_the_readme():
    script = (ROOT / "run").read_text()
    for command in re.findall(r"^(\w+)\)$", script, re.M):
        assert f"./run {command}" in README


def test_the_lock_file_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--hash=sha256:" in lock
