"""How far each feed runs, and what checks found, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.figures.queries_sources import EditionRecord, SourceRecord
from dashboard.figures.records import CheckResult
from etl.core.period import first_day, last_day, last_month_label, month_of_year, months_between, months_in, moved
from etl.core.written import any_period, count_word, day, month, months, sentences_of

DUE_AFTER = {"month": 1, "quarter": 3, "year": 13}
"""Months after a period ends by which its publisher has usually put it out."""
LATE_FROM = 3
"""From so many missing periods on a feed is late, and what rests on it has no verdict."""
EVERY = {"month": "every month", "quarter": "every quarter", "year": "every year"}


@dataclass(frozen=True)
class Feed:
    """One kind of file of one source: what is held of it, newest edition first, and what should be held by now and is not.

    `missing` counts periods; `due` is the last month that should be covered.
    """

    source: SourceRecord
    name: str
    editions: tuple[EditionRecord, ...]
    missing: int
    due: str

    @property
    def runs(self) -> tuple[tuple[date, date], ...]:
        """Runs of days covered, first to last, oldest first; editions that meet or overlap are one run."""
        spans = sorted((first_day(e.citation.first_period), last_day(e.citation.last_period)) for e in self.editions)
        runs: list[tuple[date, date]] = []
        for start, end in spans:
            if runs and (start - runs[-1][1]).days <= 1:
                runs[-1] = (runs[-1][0], max(runs[-1][1], end))
            else:
                runs.append((start, end))
        return tuple(runs)

    @property
    def state(self) -> str:
        """held, behind (one or two periods), late (three or more) or not held."""
        if not self.editions:
            return "not held"
        return "late" if self.missing >= LATE_FROM else "behind" if self.missing else "held"


def feeds(sources: Sequence[SourceRecord], editions: Sequence[EditionRecord], at: date) -> tuple[Feed, ...]:
    """Every feed, monthly ones first, in the order of its source; London and its boroughs in files of their own are two.

    Args:
        sources: every source known.
        editions: every edition held.
        at: the day lateness is judged on: that of the newest edition.
    """
    feeds_in_order = []
    for source in sorted(sources, key=lambda s: s.cadence != "month"):
        editions_of_source = tuple(e for e in editions if e.citation.source == source.id)
        alone, whole = tuple(e for e in editions_of_source if e.areas == 1), tuple(e for e in editions_of_source if e.areas > 1)
        if alone and whole:
            feeds_in_order += [
                _feed(source, f"{source.title}, boroughs", whole, at),
                _feed(source, f"{source.title}, London", alone, at),
            ]
        else:
            feeds_in_order.append(_feed(source, source.title, editions_of_source, at))
    return tuple(feeds_in_order)


def data_headline(checks: Sequence[CheckResult], every: Sequence[Feed]) -> str:
    """What the checks of the newest file of recorded crime found, and how many feeds are behind or late."""
    warned = sum(1 for c in checks if c.result == "warned")
    passed = f"passed all {count_word(len(checks))} of its checks"
    if warned:
        passed = f"passed its checks with {count_word(warned)} warning{'' if warned == 1 else 's'}"
    late = sum(1 for f in every if f.state == "late")
    behind = sum(1 for f in every if f.state == "behind")
    feeds_loaded = sum(1 for f in every if f.state != "not held")
    return f"The newest file of recorded crime {passed}. {_of(behind, feeds_loaded, 'behind')}; {_are(late)} late."


def coverage_headline(every: Sequence[Feed]) -> str:
    """How many feeds run as far as they should, of those held; and how many are known and not held."""
    feeds_loaded = [f for f in every if f.state != "not held"]
    whole = sum(1 for f in feeds_loaded if f.state == "held")
    coverage = f"{count_word(whole) if whole else 'none'} of {count_word(len(feeds_loaded))} feeds run as far as they should"
    if whole == len(feeds_loaded):
        coverage = "Every feed held runs as far as it should"
    missing = len(every) - len(feeds_loaded)
    nothing = f"; of {count_word(missing)} more, nothing is held" if missing else ""
    return f"{coverage[:1].upper()}{coverage[1:]}{nothing}"


def feed_sentence(feed: Feed) -> str:
    """What is missing of one feed: "January 2026", "8 quarters to December 2025", "nothing"."""
    if not feed.editions:
        return "every period"
    if not feed.missing:
        return "nothing"
    if feed.missing == 1:
        return f"one {feed.source.cadence}, to {month(feed.due)}"
    return f"{count_word(feed.missing)} {feed.source.cadence}s, to {month(feed.due)}"


def shared_notes(sources: Sequence[SourceRecord]) -> dict[str, tuple[str, ...]]:
    """Publisher to the sentences that stand in the notes of all its sources, where it has several: told once."""
    sentences_by_publisher: dict[str, tuple[str, ...]] = {}
    for publisher in dict.fromkeys(s.publisher for s in sources):
        notes = [sentences_of(s.note) for s in sources if s.publisher == publisher]
        sentences_by_publisher[publisher] = (
            tuple(x for x in notes[0] if all(x in note for note in notes)) if len(notes) > 1 else ()
        )
    return sentences_by_publisher


def own_note(source: SourceRecord, shared: Mapping[str, Sequence[str]]) -> str:
    """What to know of one source beyond what is true of all its publisher's."""
    return " ".join(x for x in sentences_of(source.note) if x not in shared.get(source.publisher, ()))


def span_words(first: str, last: str) -> str:
    """From the first month of one period to the last of another: "January 2016 to December 2025", "2011 to 2024"."""
    if first == last:
        return any_period(last)
    if "-" not in first:
        return f"{first} to {last}"
    return months(f"{first_day(first):%Y-%m}", last_month_label(last))


def published_words(published_on: date, basis: str) -> str:
    """The day of publication and how it is known."""
    return f"{day(published_on)}, {'given' if basis == 'given' else 'inferred'}"


def _feed(source: SourceRecord, name: str, of_feed: tuple[EditionRecord, ...], at: date) -> Feed:
    step = months_in(source.cadence)
    due = moved(f"{at:%Y-%m}", -DUE_AFTER[source.cadence] - 1)
    while month_of_year(due) % step:
        due = moved(due, -1)
    newest = max((last_month_label(e.citation.last_period) for e in of_feed), default="")
    missing = max(months_between(newest, due) // step, 0) if newest else 0
    return Feed(source, name, of_feed, missing, due)


def _of(count: int, total: int, state: str) -> str:
    sentence = f"{_words(count)} of {count_word(total)} feeds {'is' if count == 1 else 'are'} {state}"
    return sentence if count else f"No feed is {state}"


def _are(count: int) -> str:
    return f"{count_word(count) if count else 'none'} {'is' if count in {0, 1} else 'are'}"


def _words(count: int) -> str:
    words = count_word(count)
    return words[:1].upper() + words[1:]
