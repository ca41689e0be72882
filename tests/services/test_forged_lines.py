"""Files of a record with any value in any place: refused in one line, or restored."""

import json
import shutil

import pytest
import rich_record
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.engine import opened
from db.session import transaction
from db.tables import Checkpoint
from forecasts import keeping
from forecasts.errors import InvalidInput
from forecasts.exchange import record_files
from forecasts.exchange.record_files import CHECKPOINTS, LOG, MANIFEST, NAMES, WORDS
from forecasts.redactions import erased_since

HERE = "the value goes here"
DEEP = "[" * 100_000
VALUES = (
    "5", "-1", "0", "1.5", "true", "null", '""', '"x"', '"\\ud800"', '"\\u0000"', "[]", "{}",
    '[["forecast",{}]]', "1e400", "Infinity", "NaN", "9" * 40, "9" * 5_000, DEEP, "", '"u_0"',
    "9223372036854775807", '"2024-01-01"', '"00"', '"\\n"',
)  # fmt: skip


@pytest.fixture
def exported(rich, tmp_path):
    """The folder of a record with a row in every file."""
    rich_record.share(rich)
    with transaction(rich.engine) as session:
        session.add(Checkpoint(size=3, note="a note\n", made_at=rich.now))
    keeping.export_record(rich.engine, tmp_path / "record")
    return tmp_path / "record"


def places(value, path=()):
    """The way to every value inside a JSON value, itself included."""
    yield path
    if isinstance(value, dict | list):
        for key, held in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(held, (*path, key))


def put(text, choose, raw):
    """``text``, which is JSON, with ``raw`` in one of its places."""
    told = {"": json.loads(text)}
    path = ("", *choose(list(places(told[""]))))
    inside = told
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = HERE
    return json.dumps(told[""], separators=(",", ":")).replace(json.dumps(HERE), raw)


def forge(folder, name, line, choose, raw):
    """Change a value of a file, and let the manifest say that the file is as it should be."""
    path, sealed = folder / name, folder / MANIFEST
    if name == MANIFEST:
        sealed.write_text(put(sealed.read_text(), choose, raw))
        return
    lines = path.read_text().split("\n")[:-1]
    lines[line % len(lines)] = put(lines[line % len(lines)], choose, raw)
    path.write_text("".join(f"{one}\n" for one in lines))
    told = json.loads(sealed.read_text())
    told["files"][name] = record_files._digest(path)
    sealed.write_text(json.dumps(told))


def at(*path):
    return lambda _: path


def whole(found):
    return found[0]


FORGED = st.tuples(
    st.sampled_from((LOG, LOG, LOG, NAMES, WORDS, CHECKPOINTS, MANIFEST)),
    st.integers(0, 500),
    st.integers(0, 10_000).map(lambda number: lambda found: found[number % len(found)]),
    st.sampled_from(VALUES),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FORGED)
@example((WORDS, 0, at("text"), "5"))
@example((CHECKPOINTS, 0, at("made_us"), "9" * 40))
@example((CHECKPOINTS, 0, at("made_us"), "1e400"))
@example((CHECKPOINTS, 0, at("made_us"), str(2**62)))
@example((CHECKPOINTS, 0, at("size"), "9" * 40))
@example((LOG, 0, whole, DEEP))
@example((NAMES, 0, whole, DEEP))
@example((LOG, 1, at("rows", 0, 1, "id"), "9" * 40))
@example((MANIFEST, 0, at("size"), "Infinity"))
@example((MANIFEST, 0, whole, DEEP))
def test_whatever_stands_in_a_file_one_line_says_so(
    exported, empty_template, tmp_path_factory, forged
):
    folder = tmp_path_factory.mktemp("forged")
    shutil.copytree(exported, folder / "record")
    shutil.copy(empty_template, folder / "new.db")
    forge(folder / "record", *forged)
    told = folder / "record"
    for line in (refusal(erased_since, told, exported), refusal(restore, folder)):
        assert "\n" not in line


def refusal(take, *folders):
    """What is said of the files; "" if they are taken. Any other fault ends the test."""
    try:
        take(*folders)
    except InvalidInput as refused:
        return str(refused)
    return ""


def restore(folder):
    with opened(f"sqlite:///{folder / 'new.db'}") as engine:
        keeping.import_record(engine, folder / "record")
