"""How numbers and dates are written on every screen."""

from datetime import UTC, date, datetime, timedelta

from forecasts.results.terms import PartialDate

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "—"
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
UNIFORM_BINARY = 0.25
"""Brier score, at scale 1, of always saying 50 % on yes/no questions."""


def percent(share: float) -> str:
    """A probability in [0, 1] as "62 %"; only an exact 0 or 1 is written as certain."""
    if 0 < share < 0.01:
        return f"< 1{NBSP}%"
    if 0.99 < share < 1:
        return f"> 99{NBSP}%"
    return f"{100 * share:.0f}{NBSP}%"


def exact_percent(share: float) -> str:
    """A probability in [0, 1] with every digit that was stated: "37.5 %"."""
    return f"{100 * share:.6g}{NBSP}%"


def percent_range(low: float, high: float) -> str:
    """A range of probabilities as "55–80 %"."""
    return f"{100 * low:.0f}–{100 * high:.0f}{NBSP}%"


def odds(share: float) -> str:
    """A probability in (0, 1) as odds: "2.3 : 1 on", "3 : 1 against"; a certainty has none."""
    if share in (0, 1):
        return DASH
    ratio = max(share, 1 - share) / min(share, 1 - share)
    written = f"{ratio:,.0f}" if ratio >= 10 else f"{round(ratio, 1):g}"
    side = "on" if share > 0.5 else "against"
    return f"{written}{NBSP}:{NBSP}1" + ("" if written == "1" else f" {side}")


def points(change: float) -> str:
    """A change of a probability, in shares, as signed percentage points: "+14", "−2"."""
    rounded = round(100 * change)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else "±"
    return f"{sign}{abs(rounded)}"


def score(value: float | None) -> str:
    """A score with three decimals; a dash where there is none."""
    return DASH if value is None else f"{value:.3f}"


def difference(value: float, reference: float) -> str:
    """How a lower-is-better score compares with another, in words."""
    gap = round(value - reference, 3)
    if gap == 0:
        return "no different"
    return f"{abs(gap):.3f} {'better' if gap < 0 else 'worse'}"


def interval(ends: tuple[float, float] | None) -> str:
    """An interval of scores as "0.164 – 0.220"."""
    return DASH if ends is None else f"{ends[0]:.3f} – {ends[1]:.3f}"


def quantity(value: float, unit: str | None = None) -> str:
    """A measured number with four digits that count, and its unit: "18.79 thousand TEU"."""
    return f"{value:,.4g}".replace("-", MINUS) + (f"{NBSP}{unit}" if unit else "")


def outcome(held: str, kind: str) -> str:
    """How a question came out: an option's name as it is, a number as a quantity."""
    return quantity(float(held)) if kind == "numeric" else held


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number of things: "1 question", "1,204 questions"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def spelled(number: int) -> str:
    """A small number as a word, a larger one in digits."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def sentence_start(text: str) -> str:
    """``text`` with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def day(instant: date) -> str:
    """A date as "2 Nov 2024"; that of an instant in the zone the instant carries."""
    return f"{instant.day}{NBSP}{instant:%b}{NBSP}{instant:%Y}"


def last_day(end: datetime) -> datetime:
    """The last instant before ``end``: a close at midnight belongs to the day it ends."""
    return end - timedelta(microseconds=1)


def closing(end: datetime) -> str:
    """When something closes: the day at whose end it does, else the day and the time of day.

    The end of a day in one zone is in the middle of it in another.
    """
    last = last_day(end)
    if "23:59" in (f"{end:%H:%M}", f"{last:%H:%M}"):
        return day(last)
    return f"{day(end)},{NBSP}{end:%H:%M}"


def iso(instant: datetime) -> str:
    """An instant as "2024-11-02 14:30 UTC", whatever zone it carries."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def in_days(later: datetime, now: datetime) -> str:
    """How far away an instant is, in days of its zone: "in 3 days", "2 days ago", "today"."""
    days = (later.date() - now.astimezone(later.tzinfo).date()).days
    if days == 0:
        return "today"
    ahead = count(abs(days), "day")
    return f"in {ahead}" if days > 0 else f"{ahead} ago"


def known_date(known: datetime, precision: str) -> str:
    """When something became known, as precisely as that is known: a day of the calendar in UTC.

    It was stated as a day, so it is the same day for a reader in any zone.
    """
    when = known.astimezone(UTC)
    if precision == "year":
        return f"{when:%Y}"
    if precision == "month":
        return f"{when:%b}{NBSP}{when:%Y}"
    return day(when)


def partial_date(date: PartialDate | None) -> str:
    """A publication date as precisely as it is known; an estimate says so."""
    if date is None:
        return "no date"
    written = {
        "day": f"{date.day.day}{NBSP}{date.day:%b}{NBSP}{date.day:%Y}",
        "month": f"{date.day:%b}{NBSP}{date.day:%Y}",
        "year": f"{date.day:%Y}",
    }[date.precision]
    return written if date.stated else f"{written} (estimated)"
