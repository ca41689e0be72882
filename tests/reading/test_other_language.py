"""English is read, another language is named. The samples are spaCy's own, one set a language."""

import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.errors import UnreadableDocument
from forecasts.reading.documents.articles import read_document
from forecasts.reading.documents.other_language import other_language

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))
LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def sample(code):
    return "\n".join(importlib.import_module(f"spacy.lang.{code}.examples").sentences)


@pytest.mark.parametrize(("code", "name"), LANGUAGES.items())
def test_a_language_is_named(code, name):
    assert other_language(sample(code)) == name


@pytest.mark.parametrize("code", ["de", "ru", "zh", "ar"])
def test_an_article_in_another_language_is_refused_by_name(code):
    with pytest.raises(UnreadableDocument) as refused:
        read_document(sample(code).encode(), name="a.txt")
    expected = f"a.txt: this seems to be {LANGUAGES[code]}; only English is read"
    assert str(refused.value) == expected


def test_an_english_quotation_does_not_make_an_article_english():
    text = sample("de") + ' Er sagte: "It will be decided by the end of the year." ' + sample("de")
    assert other_language(text) == "German"


# English passes -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:3])
def test_every_paragraph_of_the_articles_is_english(path):
    text = path.read_text(encoding="utf-8")
    assert other_language(text) is None
    assert [p for p in text.split("\n") if other_language(p)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?" * 100_000,
        "2024 2025 2026",
        "Rates will rise.",
        "Berlin, Wien und Zürich",
        "Pyongyang Parlays: Vladimir Putin and Kim Jong Un Meet",
        "Xi Jinping, Jokowi, Prabowo Subianto, Bongbong Marcos and Phạm Minh Chính will meet "
        "Lula da Silva in Rio de Janeiro, where Nguyễn Phú Trọng was expected.",
        "The chancellor said: „Wir schaffen das, und zwar bis zum Ende des Jahres.“ Her coalition "
        "is unlikely to survive the winter, according to three of its members.",
        "Путин said the talks with 習近平 would probably resume in Moscow by the end of May, and "
        "that nothing had been decided on gas.",
        "Brent hits $90. Tankers idle. Freight surges. Insurers balk. OPEC weighs cuts. Traders "
        "expect volatility. Analysts warn: winter looms, stocks dwindle, prices spike further.",
    ],
)
def test_english_with_foreign_names_and_too_little_to_tell_pass(text):
    assert other_language(text) is None


@given(st.text())
def test_any_text_has_an_answer(text):
    assert other_language(text) is None or other_language(text)
