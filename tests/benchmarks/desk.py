"""The dashboard on a large synthetic record: a real server, a real browser, many at once.

Run by ``./run bench desk``. Of a visit, "useful" is when the page's first content is seen (its
finding, the list, the question), "whole" when the server has run the page and the browser shows
it; "at once" is a visit right after the server's start, when it is only beginning to load the
record, "first" the first visit later, and the rest are medians. An act is timed from the key or
the click until what it asked for is seen and the page is whole. "server" is what the server's
processor time was for one of them: it does not depend on what else the machine does. At the end
many sessions go through the pages at once, and each error that any of them sees is counted.
"""

import argparse
import asyncio
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import synthetic
from desk_acts import ACTS, Act
from desk_article import add_long_article
from desk_runs import Runs
from desk_server import CHROMIUM_FLAGS, DRAWN, serving, system_chromium
from desk_steps import PATIENCE, settled
from desk_times import Server, Times, medians, timed
from playwright.async_api import TimeoutError as LateForMany
from playwright.async_api import async_playwright
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

from db.engine import open_engine
from db.upgrade import upgrade

CROWDED = 120_000  # milliseconds until a page counts as failed while many are read
AIMS = {"useful": 2.0, "act": 1.0, "memory": 1.5}  # seconds; GB
PAGES = {  # its address, and what is useful on it
    "today": ("", "h1"),
    "questions": ("questions", ".fd-questions"),
    "question": ("question?id=17", "h1"),
    "scenarios": ("scenarios", "h1"),
    "calibration": ("calibration", "h1"),
    "scores": ("scores", "h1"),
    "sources": ("sources", "h1"),
    "inbox": ("inbox", "h1"),
}
FAILED = "[data-testid=stException], [data-testid=stAlert][role=alert]:has-text('error')"


def visit(page: Page, server: Server, address: str, name: str) -> Times:
    path, useful = PAGES[name]
    return timed(
        page,
        server,
        lambda: page.goto(f"{address}/{path}"),
        lambda: page.locator(useful).first.wait_for(timeout=PATIENCE),
    )


def act(page: Page, runs: Runs, server: Server, address: str, doing: Act) -> Times:
    page.goto(f"{address}/{doing.path}")
    settled(page)
    for step in doing.before:
        step(page)
    settled(page)
    before = runs.finished

    def done() -> None:
        runs.wait_for_more(before)
        doing.shows(page).wait_for(timeout=PATIENCE)

    return timed(page, server, lambda: doing.do(page), done)


def verdict(figure: float, aim: float) -> str:
    return "met" if figure <= aim else "NOT met"


def told(times: Times) -> str:
    return "".join(f"{value:>8.2f}" for value in times)


def one_reader(address: str, server: Server, times: int, only: str) -> None:
    """The pages and the acts whose names match ``only``, one after the other."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=system_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        runs = Runs(page)
        print(f"{'':<32}{'useful':>8}{'whole':>8}{'server':>8}")
        visiting = {
            name: partial(visit, page, server, address, name)
            for name in PAGES
            if re.search(only, name)
        }
        if "today" in visiting:
            line("today, at once", visiting["today"], 1, AIMS["useful"])
        for name, once in visiting.items():
            line(f"{name}, first", once, 1, AIMS["useful"])
        for name, once in visiting.items():
            line(name, once, times, AIMS["useful"])
        for name, doing in ACTS.items():
            if re.search(only, name):
                line(name, partial(act, page, runs, server, address, doing), times, AIMS["act"])
        browser.close()


def line(name: str, measure: Callable[[], Times], times: int, aim: float) -> None:
    """Print the medians of so many; of what fails, why: the others are measured all the same."""
    try:
        found = medians([measure() for _ in range(times)])
    except (NotInTime, LookupError) as fault:
        print(f"{name:<32} NOT done: {str(fault).splitlines()[0]}", flush=True)
        return
    print(f"{name:<32}{told(found)} s   {verdict(found[0], aim)}", flush=True)


async def many_readers(address: str, sessions: int) -> None:
    """Every session opens every page, each beginning with another one."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=system_chromium(), args=CHROMIUM_FLAGS
        )
        errors: list[str] = []
        paths = [path for path, _ in PAGES.values()]

        async def reads(number: int) -> None:
            page = await (await browser.new_context()).new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            for step in range(len(paths)):
                path = paths[(number + step) % len(paths)]
                try:
                    await page.goto(f"{address}/{path}", timeout=CROWDED)
                    await page.locator(DRAWN).wait_for(timeout=CROWDED)
                    errors.extend(await page.locator(FAILED).all_inner_texts())
                except LateForMany as fault:
                    errors.append(str(fault))
            await page.close()

        begin = time.perf_counter()
        await asyncio.gather(*(reads(number) for number in range(sessions)))
        taken = time.perf_counter() - begin
        await browser.close()
    print(
        f"{sessions} sessions at once, {len(paths)} pages each: {taken:.0f} s, "
        f"{len(errors)} errors   {verdict(len(errors), 0)}",
        flush=True,
    )
    for error in errors[:5]:
        print("  ", error.replace("\n", " ")[:150])


def invented(folder: Path, questions: int, forecasts: int) -> Path:
    """The synthetic record in a folder; made there unless it was before."""
    path = folder / f"desk-{questions}-{forecasts}.db"
    if not path.exists():
        print("Inventing a record ...", flush=True)
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        engine = open_engine(f"sqlite:///{half}")
        upgrade(engine)
        synthetic.fill(engine, questions=questions, forecasts=forecasts)
        engine.dispose()
        half.rename(path)
    return path


def measure(record: Path, folder: Path, times: int, sessions: int, only: str) -> None:
    """Serve a copy of the record, for the acts add to it."""
    url = f"sqlite:///{shutil.copy(record, folder / 'desk.db')}"
    add_long_article(url)
    (folder / "clock").write_text(synthetic.END.isoformat())
    with serving(url, folder) as (address, _):
        server = Server.started_here()
        one_reader(address, server, times, only)
        if sessions:
            asyncio.run(many_readers(address, sessions))
        peak = server.peak_memory()
    if peak is not None:
        print(f"peak memory of the server {peak:.2f} GB   {verdict(peak, AIMS['memory'])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--forecasts", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5, help="visits and acts of each kind")
    parser.add_argument("--sessions", type=int, default=20, help="at once; 0 for none")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="pages and acts whose names match; regular"
    )
    parser.add_argument("--keep", type=Path, help="a folder to keep the invented record in")
    asked = parser.parse_args()
    # The invented record's own analyst reads it.
    os.environ["LOGNAME"] = synthetic.ANALYST
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        record = invented(asked.keep or folder, asked.questions, asked.forecasts)
        size = f"{asked.questions:,} questions, {asked.forecasts:,} forecasts"
        print(f"{size}, SQLite, seconds", flush=True)
        measure(record, folder, asked.times, asked.sessions, asked.only)


if __name__ == "__main__":
    main()
