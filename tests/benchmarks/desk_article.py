"""A long invented article for the Inbox of the benchmark of the desk."""

import itertools
from datetime import date

import synthetic

from db.engine import open_engine
from forecasts import performing
from forecasts.reading.statements import read_statements
from forecasts.results.terms import PartialDate
from forecasts.services.acts import Act
from forecasts.services.articles import add_article

PLACES = (
    "Aland", "Borduria", "Cordova", "Drova", "Elbonia", "Florin", "Genovia", "Herat", "Illyria",
    "Jura", "Kashan", "Lutha", "Maritza", "Nambutu", "Orsinia", "Poldavia", "Quiquendone",
    "Ruritania", "Syldavia", "Thalia", "Urkesh", "Vespugia", "Wadiya", "Zubrowka",
)  # fmt: skip
WORDS = ("likely", "unlikely", "highly likely")


def add_long_article(url: str) -> None:
    """Add one to a record, as an analyst who pastes it would."""
    published = PartialDate(date(2026, 5, 30), "day")
    engine = open_engine(url)
    performing.perform(
        engine,
        lambda _: Act(synthetic.ANALYST, synthetic.END, "a long article"),
        add_article,
        text=TEXT,
        title="Synthetic talks",
        publisher="Publisher 1",
        published=published,
        candidates=read_statements(TEXT, published=published.day),
    )
    engine.dispose()


def _paragraph(place: str, word: str) -> str:
    return (
        f"The talks in {place} ended on Friday after three days, and both delegations went home. "
        f"{place} has 41 members in the assembly, and 17 of them were elected last year. "
        "Its press wrote little about it, and the price of bread rose again. "
        f"{place} is {word} to leave the invented pact before 2028. "
        "The treaty was signed in a hotel near the lake, where the old one had been signed too."
    )


TEXT = "\n\n".join(map(_paragraph, PLACES, itertools.cycle(WORDS)))
"""1,700 words with a forecast about each place, among sentences that are none."""
