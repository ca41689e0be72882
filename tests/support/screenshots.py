"""Draw the pictures of the documents: ``.venv/bin/python tests/support/screenshots.py``."""

import tempfile
from pathlib import Path

from desk_server import CHROMIUM_FLAGS, DRAWN, seeded_record, serving, system_chromium
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = {"inbox": "inbox"}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(seeded_record(folder), folder) as (address, _), sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=system_chromium(), args=CHROMIUM_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            for picture, path in PICTURES.items():
                page.goto(f"{address}/{path}")
                page.locator(DRAWN).wait_for(timeout=60_000)
                page.wait_for_timeout(2_000)  # charts draw themselves in after the page
                page.screenshot(path=DOCS / f"{picture}.png")
            browser.close()


if __name__ == "__main__":
    main()
