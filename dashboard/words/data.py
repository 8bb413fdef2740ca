"""How far each feed runs, and what checks found, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.figures.feeds import Feed
from dashboard.figures.queries_sources import SourceRecord
from dashboard.figures.records import CheckResult
from etl.core.period import first_day, last_month_label
from etl.core.written import any_period, count_word, day, listed, month, months, sentences_of

EVERY = {"month": "every month", "quarter": "every quarter", "year": "every year"}


def data_headline(checks: Sequence[CheckResult], every: Sequence[Feed]) -> str:
    """What the checks of the newest file of recorded crime found, and how many feeds are late today."""
    warned = sum(1 for c in checks if c.result == "warned")
    passed = f"passed all {count_word(len(checks))} of its checks"
    if warned:
        passed = f"passed its checks with {count_word(warned)} warning{'' if warned == 1 else 's'}"
    late = sum(1 for f in every if f.state == "late")
    feeds_loaded = sum(1 for f in every if f.state != "not held")
    return f"The newest file of recorded crime {passed}. {_of(late, feeds_loaded, 'late')}"


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


def bounds_sentence(measured: tuple[str, ...], set_by_us: tuple[str, ...]) -> str:
    """On what it rests how far a new edition may move older figures before somebody must say why."""
    known = f"How far older figures may move without a reason is measured on the editions held for {listed(measured)}"
    if not set_by_us:
        return f"{known}."
    is_set = "is set, not measured: of each of them no two editions are held that could be laid beside each other"
    if not measured:
        return f"How far older figures may move without a reason {is_set}."
    return f"{known}. For {listed(set_by_us)} it {is_set}."


def edition_phrase(label: str) -> str:
    """An edition in a sentence: "the edition of January 2026", or "the edition to December 2025"."""
    return f"the edition {label}" if label.startswith("to ") else f"the edition of {label}"


def published_words(published_on: date, basis: str) -> str:
    """The day of publication and how it is known."""
    return f"{day(published_on)}, given" if basis == "given" else f"not given; taken as {month(f'{published_on:%Y-%m}')}"


def _of(count: int, total: int, state: str) -> str:
    sentence = f"{_words(count)} of {count_word(total)} feeds {'is' if count == 1 else 'are'} {state}"
    if count == total and count > 1:
        return f"All {count_word(total)} feeds are {state}"
    return sentence if count else f"No feed is {state}"


def _words(count: int) -> str:
    words = count_word(count)
    return words[:1].upper() + words[1:]
