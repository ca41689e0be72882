"""How fast articles are read, in how much memory, and found again. Run by ``./run bench reading``.

The reading of one file after another is measured in a process of its own, with the model loaded;
the many files through the command, as a person gives it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "seeds" / "articles").glob("*.txt"))
FORECASTS = Path(sys.executable).parent / "forecasts"
MARKS = (100, 500, 1000)
ROUNDS = 7


def told(what: str, found: float, unit: str, aim: float, *, least: bool = False) -> None:
    """One line: what was measured, and whether that is the aim."""
    met = found >= aim if least else found <= aim
    bound = "at least" if least else "at most"
    print(f"{what:<46}{found:>10,.2f} {unit:<8} {bound} {aim:,g}: {'met' if met else 'NOT met'}")


def read_here() -> None:
    """In a child: load the model, read the seeds again and again, and tell what it took."""
    start = time.perf_counter()
    from forecasts.reading.parsing.language import model
    from forecasts.reading.statements import read_statements

    imported = time.perf_counter()
    model()
    loaded = time.perf_counter()
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    words = sum(len(text.split()) for text in texts)
    speeds = []
    for turn in range(ROUNDS + 1):
        begin = time.process_time()
        for number, text in enumerate(texts):
            # Otherwise equal sentences of equal articles could share their parse.
            read_statements(f"{text}\n\nRound {turn} of text {number} ends here.")
        if turn:
            speeds.append(words / (time.process_time() - begin))
    answer = {
        "imported": imported - start,
        "loaded": loaded - imported,
        "speeds": speeds,
        "peak": peak_of(os.getpid()),
    }
    print(json.dumps(answer))


def peak_of(pid: int) -> float:
    """The most memory a process has had so far, in MB."""
    return _status(pid, "VmHWM")


def resident(pid: int) -> float:
    """The memory a process has now, in MB, its part of what it shares; 0 if it is gone."""
    return _status(pid, "Pss", "smaps_rollup")


def own(pid: int) -> float:
    """The memory that is a process's alone: who else has loaded a library does not matter."""
    return _status(pid, "Anonymous", "smaps_rollup")


def _status(pid: int, name: str, file: str = "status") -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def copies(folder: Path, count: int) -> None:
    """Articles that differ: each with names of its own, so that nothing can be read only once."""
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    for number in range(count):
        text = texts[number % len(texts)].replace("Putin", f"Putin{number}")
        (folder / f"{number:04}.txt").write_text(f"{text}\n\nNotes of {number}.", encoding="utf-8")


def read_many(folder: Path) -> Iterator[tuple[int, float, float]]:
    """Read a folder through the command; after each mark, the memory of all its processes."""
    command = [FORECASTS, "extract", folder, "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        seen: set[str] = set()
        for line in process.stdout or ():
            before = len(seen)
            seen.add(json.loads(line)["file"])
            if len(seen) != before and len(seen) in MARKS:
                members = family(process.pid)
                yield len(seen), sum(map(resident, members)), sum(map(own, members))
    if process.returncode:
        raise SystemExit(f"the command ended with status {process.returncode}")


def measure_many(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies(folder, count + 20)  # so that at the last mark all processes are still at work
        words = sum(len(path.read_text(encoding="utf-8").split()) for path in folder.iterdir())
        begin = time.perf_counter()
        held = list(read_many(folder))
        seconds = time.perf_counter() - begin
    speed = words / seconds
    print(f"\n{count + 20:,} articles of {words:,} words in one call: {seconds:,.0f} s, ", end="")
    print(f"{speed:,.0f} words/s with all cores, loading included")
    for mark, together, _ in held:
        told(f"memory of all processes at {mark:,} articles", together, "MB", 400)
    if len(held) > 1:
        growth = held[-1][2] - held[0][2]
        told("growth from the first mark to the last", growth, "MB", 20)


def measure_neighbours(count: int) -> None:
    """Store articles, then ask which are nearly the same as one of them."""
    from sqlalchemy import insert
    from sqlmodel import Session

    from db.engine import open_engine
    from db.tables import Article, ArticleSketch, Forecaster
    from db.upgrade import upgrade
    from forecasts.reading.neighbours import sketch
    from forecasts.views.inbox import nearly_the_same

    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as name:
        engine = open_engine(f"sqlite:///{name}/desk.db")
        upgrade(engine)
        with Session(engine) as session, session.begin():
            session.add(Forecaster(handle="u", kind="person", name="a", login="a", recorded_at=at))
            session.flush()
            rows = [_different(texts[key % len(texts)], key) for key in range(1, count)]
            rows.append(texts[0] + "\n\nOne more line.")
            rows.append(texts[0])
            session.execute(insert(Article), [
                {"id": key, "title": "t", "text": text, "content_sha256": f"{key:064}",
                 "recorded_at": at, "recorded_by": 1, "published_stated": True}
                for key, text in enumerate(rows, 1)
            ])  # fmt: skip
            held = [{"article_id": key, "sketch": sketch(text)} for key, text in enumerate(rows, 1)]
            session.execute(insert(ArticleSketch), held)
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            with Session(engine) as session:
                found = nearly_the_same(session, len(rows))
            times.append(time.perf_counter() - begin)
        engine.dispose()
    if [head.id for head, _ in found] != [len(rows) - 1]:
        raise SystemExit(f"found {found}")
    print()
    told(f"near-duplicates among {count:,} stored articles", statistics.median(times), "s", 0.3)


def _different(text: str, number: int) -> str:
    """Every third word is of this article alone."""
    words = text.split()
    return " ".join(word if i % 3 else f"{word}{number}" for i, word in enumerate(words))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--stored", type=int, default=10_000)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        read_here()
        return
    done = subprocess.run(
        [sys.executable, __file__, "--here"], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    told("loading the model", found["loaded"], "s", 2)
    told("  and, before it, the libraries", found["imported"], "s", 2)
    told("reading, one core, model loaded", statistics.median(found["speeds"]), "words/s", 3000,
         least=True)  # fmt: skip
    told("memory of that process at its peak", found["peak"], "MB", 400)
    if chosen.articles:
        measure_many(chosen.articles)
    if chosen.stored:
        measure_neighbours(chosen.stored)


if __name__ == "__main__":
    main()
