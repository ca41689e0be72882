"""The dashboard on a large synthetic record: a real server, a real browser, many at once.

Run by ``./run bench desk``. "first" is the first visit after the server's start, when the record
is not loaded yet, "again" the median of later visits, each until the server has run the page and
the browser shows it; an act is timed from the key or the click to the same state. At the end many
sessions go through the pages at once, and each error that any of them sees is counted.
"""

import argparse
import asyncio
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import synthetic
from desk_server import CHROMIUM_FLAGS, DRAWN, serving, system_chromium
from playwright.async_api import async_playwright
from playwright.sync_api import Page, sync_playwright

from db.engine import open_engine
from db.upgrade import upgrade

AIMS = {"first": 2.0, "again": 2.0, "act": 1.0, "memory": 1.5}  # seconds; GB
VISITS = 5
PATIENCE = 120_000  # milliseconds
PAGES = {
    "today": "",
    "questions": "questions",
    "question": "question?id=17",
    "scenarios": "scenarios",
    "calibration": "calibration",
    "scores": "scores",
    "sources": "sources",
    "inbox": "inbox",
}
FAILED = "[data-testid=stException], [data-testid=stAlert][role=alert]:has-text('error')"

COUNT_RUNS = """
window.finishedRuns = 0;
document.addEventListener('DOMContentLoaded', () => {
    let last = null;
    new MutationObserver(() => {
        const app = document.querySelector('[data-test-script-state]');
        const state = app && app.getAttribute('data-test-script-state');
        if (last === 'running' && state === 'notRunning') window.finishedRuns += 1;
        last = state;
    }).observe(document, {subtree: true, attributes: true, childList: true,
                          attributeFilter: ['data-test-script-state']});
});
"""


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).first.click()
    page.get_by_role("option", name=re.compile(option)).first.click()


ACTS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "today, open a form": (
        "",
        lambda page: page.get_by_role("button", name=re.compile("^Update|^Forecast")).first.click(),
    ),
    "questions, search": (
        "questions",
        lambda page: page.get_by_role("textbox", name="Words in the question").fill("question 77"),
    ),
    "questions, sort": ("questions", lambda page: choose(page, "Sorted by", "crowd")),
    "calibration, a tag": ("calibration", lambda page: choose(page, "Tag", "asia")),
    "scores, a rule": ("scores", lambda page: choose(page, "Rule", "[Ll]og")),
    "scores, a tag": ("scores", lambda page: choose(page, "Tag", "asia")),
}


def visit(page: Page, address: str) -> float:
    begin = time.perf_counter()
    page.goto(address)
    page.locator(DRAWN).wait_for(timeout=PATIENCE)
    return time.perf_counter() - begin


def act(page: Page, address: str, doing: Callable[[Page], None]) -> float:
    visit(page, address)
    before = page.evaluate("window.finishedRuns")
    begin = time.perf_counter()
    doing(page)
    page.wait_for_function(f"window.finishedRuns > {before}", timeout=PATIENCE)
    page.locator(DRAWN).wait_for(timeout=PATIENCE)
    return time.perf_counter() - begin


def verdict(figure: float, aim: float) -> str:
    return "met" if figure <= aim else "NOT met"


def one_reader(address: str) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=system_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(COUNT_RUNS)
        first = {name: visit(page, f"{address}/{path}") for name, path in PAGES.items()}
        for name, path in PAGES.items():
            again = statistics.median(visit(page, f"{address}/{path}") for _ in range(VISITS))
            print(
                f"{name:<24}{first[name]:>8.2f}{again:>8.2f} s   "
                f"{verdict(first[name], AIMS['first'])}, {verdict(again, AIMS['again'])}"
            )
        for name, (path, doing) in ACTS.items():
            taken = statistics.median(act(page, f"{address}/{path}", doing) for _ in range(3))
            print(f"{name:<24}{taken:>16.2f} s   {verdict(taken, AIMS['act'])}")
        browser.close()


async def many_readers(address: str, sessions: int) -> None:
    """Every session opens every page, each beginning with another one."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=system_chromium(), args=CHROMIUM_FLAGS
        )
        errors: list[str] = []
        paths = list(PAGES.values())

        async def reads(number: int) -> None:
            page = await (await browser.new_context()).new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            for step in range(len(paths)):
                await page.goto(
                    f"{address}/{paths[(number + step) % len(paths)]}", timeout=PATIENCE
                )
                await page.locator(DRAWN).wait_for(timeout=PATIENCE)
                errors.extend(await page.locator(FAILED).all_inner_texts())
            await page.close()

        begin = time.perf_counter()
        await asyncio.gather(*(reads(number) for number in range(sessions)))
        taken = time.perf_counter() - begin
        await browser.close()
    print(
        f"{sessions} sessions at once, {len(paths)} pages each: {taken:.0f} s, "
        f"{len(errors)} errors   {verdict(len(errors), 0)}"
    )
    for error in errors[:5]:
        print("  ", error.replace("\n", " ")[:150])


def peak_memory() -> float | None:
    """Peak resident memory of the server that this process started, in GB; None off Linux."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command, text = (status.parent / "cmdline").read_bytes(), status.read_text()
        except OSError:  # ended meanwhile
            continue
        if b"desk_server.py" in command and f"PPid:\t{os.getpid()}\n" in text:
            return int(text.partition("VmHWM:")[2].split()[0]) / 2**20
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--forecasts", type=int, default=1_000_000)
    parser.add_argument("--sessions", type=int, default=20)
    sizes = parser.parse_args()
    # The invented record's own analyst reads it.
    os.environ["LOGNAME"] = synthetic.ANALYST
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'desk.db'}"
        engine = open_engine(url)
        upgrade(engine)
        print("Inventing a record ...")
        synthetic.fill(engine, questions=sizes.questions, forecasts=sizes.forecasts)
        engine.dispose()
        (folder / "clock").write_text(synthetic.END.isoformat())
        print(f"{sizes.questions:,} questions, {sizes.forecasts:,} forecasts, SQLite, seconds")
        print(f"{'':<24}{'first':>8}{'again':>8}")
        with serving(url, folder) as (address, _):
            one_reader(address)
            asyncio.run(many_readers(address, sizes.sessions))
            peak = peak_memory()
        if peak is not None:
            print(f"peak memory of the server {peak:.2f} GB   {verdict(peak, AIMS['memory'])}")


if __name__ == "__main__":
    main()
