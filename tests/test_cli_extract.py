"""Many files in one call: each read or named, in order, whatever becomes of the process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forecasts import readers
from forecasts.cli import main
from forecasts.files import File, files_of
from forecasts.readers import Task, children_for, read_all, read_one
from forecasts.reading.scales import RECOMMENDED

ARTICLES = sorted((Path(__file__).parent / "data" / "articles").glob("*.txt"))
SAYS = "The port authority is unlikely to close the {} quay before December, its traders say.\n"
RLO = "\u202e"


@pytest.fixture
def run(capsys, monkeypatch):
    """Run one command; returns exit status, output and error lines."""

    def command(*words: object):
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out.splitlines(), err.splitlines()

    return command


@pytest.fixture
def folder(tmp_path):
    """Readable files of several kinds, and others, some below."""
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("a.txt", "b/c.md", "z.TXT", ".hidden.txt", ".git/d.txt"):
        (tmp_path / name).write_text(SAYS.format("north"))
    page = (
        "<html><body><article>" + f"<p>{SAYS.format('south')}</p>" * 3 + "</article></body></html>"
    )
    (tmp_path / "b" / "p.html").write_text(page)
    (tmp_path / "b" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "data.csv").write_text("a,b\n")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    return tmp_path


def tasks(paths):
    return [Task(file, None, RECOMMENDED) for file in files_of(paths)]


# Which files ----------------------------------------------------------------------------------


def test_of_a_folder_the_readable_kinds_are_read_by_name(folder):
    names = [file.name for file in files_of([folder, folder / "data.csv"])]
    assert names == ["a.txt", "z.TXT", "b/c.md", "b/p.html", "data.csv"]


def test_a_folder_without_such_files_is_named(run, tmp_path):
    status, out, err = run("extract", tmp_path)
    assert (status, out) == (1, [])
    assert err == [f"{tmp_path.name}: a folder without text, HTML or PDF files"]


# One bad file does not stop the others --------------------------------------------------------


def test_a_bad_file_is_named_and_the_rest_is_read_in_order(run, folder):
    (folder / "b" / "empty.txt").touch()
    (folder / "c.pdf").write_bytes(b"MZ\x90\x00")
    status, out, err = run("extract", folder, folder / "none.txt", "--format", "jsonl")
    assert status == 1
    assert err == ["c.pdf: this is not a PDF", "b/empty.txt: empty",
                   "none.txt: No such file or directory"]  # fmt: skip
    names = [json.loads(line)["file"] for line in out]
    assert list(dict.fromkeys(names)) == ["a.txt", "z.TXT", "b/c.md", "b/p.html"]


def test_a_large_file_is_refused_by_its_size_before_it_is_read(run, tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert run("extract", path) == (1, [], ["large.txt: larger than 10 MB (200 MB)"])


def test_names_and_texts_that_would_steer_the_terminal_are_shown_safely(run, tmp_path):
    path = tmp_path / f"a\x1b[31m{RLO}.txt"
    path.touch()
    assert run("extract", path)[2] == ["a\\u001b[31m\\u202e.txt: empty"]
    text = f"Traders\x1b]0;x\x07 will probably {RLO}leave the port by May."
    path.write_text(text)
    for format_ in ("text", "jsonl"):
        _, out, err = run("extract", path, "--format", format_)
        assert err == []
        assert out
        assert not {"\x1b", "\x07", RLO} & set("".join(out))
    (row,) = map(json.loads, out)
    assert text[row["start"] : row["end"]] == row["quote"]
    assert RLO in row["quote"]


def test_the_scale_gives_the_numbers(run, folder):
    rows = {}
    for scale in ("icd203", "kent"):
        _, out, _ = run("extract", folder / "a.txt", "--format", "jsonl", "--scale", scale)
        rows[scale] = json.loads(out[0])
    assert rows["icd203"]["probability_high"] != rows["kent"]["probability_high"]
    assert run("extract", folder, "--scale", "odd")[0] == 1


# Children -------------------------------------------------------------------------------------


def test_children_answer_as_this_process_does_and_in_order(folder):
    (folder / "b" / "empty.txt").touch()
    asked = tasks([*ARTICLES[:2], folder])
    here = [read_one(task) for task in asked]
    assert list(read_all(iter(asked), children=2)) == here
    assert sum(len(answer.records) for answer in here) > 10
    assert [answer.refused for answer in here if answer.refused] == ["b/empty.txt: empty"]


def test_a_file_that_kills_its_reader_is_named_and_the_rest_is_read(folder, tmp_path, monkeypatch):
    """The child stops at a file named so, as it would at one that breaks a library."""
    (tmp_path / "fatal.txt").write_text("x")
    program = (
        "import json, os, sys\n"
        "for line in sys.stdin:\n"
        "    if 'fatal' in json.loads(line)['name']: os.abort()\n"
        "    print(json.dumps({'records': [], 'refused': 'read'}), flush=True)\n"
    )
    monkeypatch.setattr(readers, "COMMAND", [sys.executable, "-c", program])
    answers = list(read_all(tasks([folder]), children=1))
    assert [(one.file.name, one.refused) for one in answers] == [
        ("a.txt", "read"),
        ("fatal.txt", "fatal.txt: reading it ended the process that did"),
        ("z.TXT", "read"),
        ("b/c.md", "read"),
        ("b/p.html", "read"),
    ]


def test_answers_stream_and_tasks_are_not_taken_all_at_once(folder):
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield Task(File(folder / "data.csv", "empty.txt"), None, "no such scale is asked for")

    (folder / "data.csv").write_text("")
    answers = read_all(endless(), children=1)
    assert next(answers).refused == "empty.txt: empty"
    assert len(taken) < 10
    answers.close()


def test_children_pay_for_much_text_only(folder, tmp_path):
    few = list(files_of([folder]))
    assert children_for(few) == 0
    (tmp_path / "much.txt").write_text("x" * readers.WORTH_IT)
    many = list(files_of([tmp_path]))
    assert children_for(many[:1]) == 0
    assert children_for(many) in (0, *range(2, readers.MOST_CHILDREN + 1))


def test_a_reader_who_goes_away_ends_the_command(tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(SAYS.format(number))
    command = [Path(sys.executable).parent / "forecasts", "extract", tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode


# Storing many ---------------------------------------------------------------------------------


def test_ingest_stores_what_it_can_of_a_folder_and_names_the_rest(empty_db, run, tmp_path):
    (tmp_path / "a.md").write_text(f"# Quays\n\n{SAYS.format('north')}")
    (tmp_path / "b.md").write_text(f"# Quays\n\n{SAYS.format('north')}")
    (tmp_path / "c.txt").write_text(f"June 17, 2024\n\n{SAYS.format('south')}")
    (tmp_path / "d.md").write_text("# Rates\nBy Jane Doe | 17 June 2024\n\nThey may rise soon.")
    status, out, err = run("ingest", tmp_path)
    assert status == 1
    assert [line for line in out if line.startswith("Article")] == [
        "Article 1, 1 statements waiting. Entry 1 of the record.",
        "Article 2, 1 statements waiting. Entry 2 of the record.",
    ]
    assert "Published 2024-06-17, as it says itself." in out
    assert err == [
        "This text is already stored as article 1, 'Quays'.",
        "title '': c.txt carries none; give --title",
    ]
    status, _, err = run("ingest", tmp_path, "--title", "One for all")
    assert (status, err) == (1, ["title 'One for all': one title is for one article"])
