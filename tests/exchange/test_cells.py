"""Cells that no spreadsheet runs, and files that are broken: named by line, never guessed."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.errors import InvalidInput
from forecasts.exchange.cells import guarded, read_rows, unguarded, write_rows

SIGNS = "=+-@\t\r\x00"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS + "'\",\n"), st.characters(codec="utf-8")))


@given(TEXTS)
def test_a_guard_is_taken_off_exactly(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in SIGNS or not text


@given(TEXTS)
def test_what_needs_no_guard_has_none(text):
    if text.lstrip("'")[:1] not in SIGNS or not text:
        assert guarded(text) == text


@given(st.lists(st.tuples(TEXTS, st.floats(allow_nan=False), st.none()), max_size=5))
def test_rows_come_back_as_they_were_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("cells") / "file.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_rows(file, ("text", "number", "nothing"), rows)
    found = list(read_rows(path, ("text", "number", "nothing"), ("text",)))
    assert [row.cells["text"] for row in found] == [text for text, _, _ in rows]
    assert [float(row.cells["number"]) for row in found] == [number for _, number, _ in rows]
    assert {row.cells["nothing"] for row in found} <= {""}


def test_numbers_stay_numbers_and_texts_are_guarded():
    file = io.StringIO()
    write_rows(file, ("a", "b"), [("-1", -1.0), ("=1+1", 1e-7), ("@x", None), ("'=x", 0.5)])
    assert list(csv.reader(io.StringIO(file.getvalue())))[1:] == [
        ["'-1", "-1.0"],
        ["'=1+1", "1e-07"],
        ["'@x", ""],
        ["''=x", "0.5"],
    ]


def lines_of(path, content):
    path.write_bytes(content)
    return [(row.line, row.cells) for row in read_rows(path, ("a", "b"), ("a",))]


def test_marks_line_ends_and_blank_lines_make_no_difference(tmp_path):
    wanted = [{"a": "1", "b": "x"}, {"a": "2", "b": "y\nz"}]
    for mark in (b"", b"\xef\xbb\xbf"):
        for end in (b"\n", b"\r\n", b"\r"):
            content = mark + b'a,b,c\n1,x,0\n\n2,"y\nz",0\n\n\n'.replace(b"\n", end)
            found = lines_of(tmp_path / "file.csv", content)
            assert [line for line, _ in found] == [2, 4]
            assert [
                {name: cell.replace(end.decode(), "\n") for name, cell in cells.items()}
                for _, cells in found
            ] == wanted


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"b\n1\n", "has no column a"),
        (b"a;b\n1;2\n", "semicolons"),
        (b"a,a\n1,2\n", "two columns"),
        (b"a,b\n1,2\n1,2,3\n", "line 3.*has 3 cells"),
        (b"a,b\n1\n", "line 2.*has 1 cells"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "line 3.*no CSV"),
        (b'a,b\n1,"2"x\n', "line 2.*no CSV"),
        (b"a,b\n1," + b"2" * 131_073 + b"\n", "line 2.*larger than"),
        (b"a,b\n1,\xff\n", "is not UTF-8"),
        (b"", "has no column a"),
    ],
)
def test_broken_files_are_refused_by_line(tmp_path, content, named):
    with pytest.raises(InvalidInput, match=named):
        lines_of(tmp_path / "file.csv", content)


def test_a_file_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a long path would be cut in the message
    with pytest.raises(InvalidInput, match=r"nothing.csv.*No such file"):
        list(read_rows(Path("nothing.csv"), ("a",), ("a",)))
