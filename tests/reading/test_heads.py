"""What a plain text declares is taken, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.documents.articles import read_document
from forecasts.reading.documents.furniture import furniture_spans
from forecasts.reading.documents.heads import front_matter_end, head_of
from forecasts.reading.statements import read_statements

BODY = "\n\nThe central bank will probably raise its rate in June, most economists say. " * 2
FRONT = """---
title: "Rates to rise"
author: Jane Doe
publisher: The Desk
date: 2024-06-17
tags:
  - banks
---
"""


def declared(head):
    found = read_document((head + BODY).encode(), name="a.txt")
    assert found.text == head + BODY
    return (found.title, found.author, found.publisher, found.published_as_stated)


def test_front_matter_is_taken():
    assert declared(FRONT) == ("Rates to rise", "Jane Doe", "The Desk", "2024-06-17")


def test_front_matter_is_furniture_and_not_read_for_statements():
    text = FRONT.replace("Rates to rise", "The bank will probably fail in June") + BODY
    assert furniture_spans(text)[0] == (0, len(FRONT) - 13 + 35)
    assert all(one.start > len(FRONT) for one in read_statements(text))
    assert read_statements(text)


@pytest.mark.parametrize(
    "text",
    ["", "---", "---\n---\n", "---\nNo field here.\n---\n", "---\na: b\n", "a: b\n---\n",
     "---\na: b\n" + "c: d\n" * 100 + "---\n"],
)  # fmt: skip
def test_dashes_alone_are_no_front_matter(text):
    assert front_matter_end(text) == 0


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("# Rates to rise", ("Rates to rise", None, None, None)),
        ("Title: Rates to rise", ("Rates to rise", None, None, None)),
        ("By Jane Doe", (None, "Jane Doe", None, None)),
        ("By Jane Doe and John O’Neill", (None, "Jane Doe and John O’Neill", None, None)),
        ("By Ursula von der Leyen, president", (None, "Ursula von der Leyen", None, None)),
        ("Jane Doe | 11 July 2024", (None, "Jane Doe", None, "2024-07-11")),
        ("June 17, 2024", (None, None, None, "2024-06-17")),
        ("17 June 2024, 08:30 GMT", (None, None, None, "2024-06-17")),
        ("2024-06-17", (None, None, None, "2024-06-17")),
        ("June 2024", (None, None, None, "2024-06")),
        ("Published: 2024", (None, None, None, "2024")),
        ("**Date:** 17 June 2024", (None, None, None, "2024-06-17")),
        ("Author: Jane Doe\nPublisher: The Desk", (None, "Jane Doe", "The Desk", None)),
        ("About the author: Jane Doe is a fellow.", (None, "Jane Doe", None, None)),
        ("Date: 17 June 2024\n3 May 2019", (None, None, None, "2024-06-17")),
        ("LONDON, June 17, 2024 (The Wire) - Rates rose.", (None, None, "The Wire", "2024-06-17")),
        ("KUALA LUMPUR, 17 June 2024 — Rates rose.", (None, None, None, "2024-06-17")),
        ("NAIROBI, May 14 (The Wire) - Rates rose.", (None, None, "The Wire", None)),
    ],
)
def test_what_stands_above_the_article_is_taken(head, expected):
    assert declared(head) == expected


@pytest.mark.parametrize(
    "head",
    [
        "Rates to rise",
        "2024",
        "17 June 2024 was a day that will be remembered",
        "3 May 2019\n17 June 2024",
        "By June 2024",
        "By and large",
        "03/04/2024",
        "29 February 2023",
        "Note: rates rise",
        "What comes after 17 June 2024",
    ],
)
def test_nothing_is_guessed(head):
    assert declared(head) == (None, None, None, None)


def test_dates_within_the_article_are_not_its_own():
    assert head_of(BODY * 2 + "\n\n17 June 2024\n\nBy Jane Doe\n").published() is None
    assert head_of(BODY * 2 + "\n\nBy Jane Doe\n").author is None


def test_a_time_counts_by_its_day():
    assert head_of("Published: 2024-06-17T23:30:00-05:00").published() == (date(2024, 6, 17), "day")


lines = st.sampled_from(["---", "a: b", "By Jane Doe", "June 17, 2024", "# T", "", "x | y", "A:"])


@given(st.lists(lines | st.text(), max_size=20).map("\n".join))
def test_any_text_has_a_head(text):
    assert 0 <= front_matter_end(text) <= len(text)
    head_of(text).published()
