"""How fast the pages answer on the seeds: a real server, a real browser, medians of visits.

Run by ``./run bench``. "answer" is from the address being opened, in a browser that already
knows the dashboard's scripts, until the server has run the page and the browser shows it.
"""

import statistics
import tempfile
import time
from pathlib import Path

from desk_server import CHROMIUM_FLAGS, DRAWN, seeded_record, serving, system_chromium
from playwright.sync_api import Browser, sync_playwright

PAGES = ("", "inbox", "questions", "question?id=17", "question?id=27", "calibration", "scores")
VISITS = 7
AIM = 1.5  # seconds


def measure(browser: Browser, address: str) -> dict[str, list[float]]:
    """Seconds of every visit, by page; the rounds are interleaved."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    times: dict[str, list[float]] = {path: [] for path in PAGES}
    for visit in range(VISITS + 1):
        for path in PAGES:
            begin = time.perf_counter()
            page.goto(f"{address}/{path}")
            page.locator(DRAWN).wait_for(timeout=60_000)
            if visit:  # the first round loads the scripts and the language model
                times[path].append(time.perf_counter() - begin)
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(seeded_record(folder), folder) as (address, _), sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=system_chromium(), args=CHROMIUM_FLAGS)
            times = measure(browser, address)
            browser.close()
    print(f"{'page':<16}{'median':>9}{'slowest':>9}   aim {AIM} s, {VISITS} visits each")
    for path, seconds in times.items():
        median = statistics.median(seconds)
        verdict = "met" if median <= AIM else "NOT met"
        print(f"{path or 'today':<16}{median:>8.2f}s{max(seconds):>8.2f}s   {verdict}")


if __name__ == "__main__":
    main()
