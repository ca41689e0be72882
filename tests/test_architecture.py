"""The house rules, held by machines: imports, doors, lint and types."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PACKAGES = ("forecasts", "dashboard", "db")
DOORS = {"forecasts/opening.py", "db/engine.py", "db/migrations/env.py"}


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def called_names(tree: ast.Module) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        part.attr if isinstance(part, ast.Attribute) else part.id
        for part in calls
        if isinstance(part, ast.Attribute | ast.Name)
    }


@pytest.mark.parametrize(
    "command",
    [
        [BIN / "lint-imports"],
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
    ],
    ids=["import contracts", "ruff", "format", "mypy --strict"],
)
def test_the_checkers_are_clean(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_doors_open_engines_or_commit() -> None:
    opening = {
        name
        for name, tree in modules(*PACKAGES)
        if called_names(tree) & {"open_engine", "create_engine", "opened", "commit"}
    }
    assert opening == DOORS


def test_one_file_reads_the_system_clock() -> None:
    reading = {
        name
        for name, tree in modules(*PACKAGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow", "time_ns"}
        and ast.unparse(node.func.value) in {"datetime", "date", "datetime.datetime", "time"}
    }
    assert reading == {"forecasts/clock.py"}


def test_values_rooms_read_no_environment_and_roll_no_dice() -> None:
    for name, tree in modules("forecasts/maths", "forecasts/reading", "forecasts/exchange"):
        imported = {
            alias.name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in (
                [ast.alias(node.module or "")] if isinstance(node, ast.ImportFrom) else node.names
            )
        }
        assert not imported & {"os", "random", "secrets", "socket", "subprocess"}, name
        assert "default_rng" not in called_names(tree), name


def test_screens_stay_thin() -> None:
    long = {
        path.name: lines
        for path in (ROOT / "dashboard" / "screens").glob("*.py")
        if (lines := len(path.read_text().splitlines())) > 60
    }
    assert long == {}
