"""The ledger of changes in words: what is new, ended and withdrawn with the newest edition, in a line."""

from collections.abc import Mapping, Sequence

from dashboard.figures.queries_ledger import Afterlife, LedgerChange, LedgerNews
from etl.core.change_status import ChangeStatus, Direction
from etl.core.change_words import why_left
from etl.core.written import any_period, count_word, listed, number, percent
from etl.definitions.overlaps import Folded

MOST_NAMED = 4
"""Findings named in a line for each way of standing; the table behind it has all."""
WAYS = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.ABOVE: "above London’s path",
    Direction.BELOW: "below London’s path",
}
STANDS = {
    ChangeStatus.NEW: "New",
    ChangeStatus.STANDING: "Stands",
    ChangeStatus.FADING: "Fading",
    ChangeStatus.ENDED: "Ended",
    ChangeStatus.WITHDRAWN: "Withdrawn",
    ChangeStatus.LASTING: "Lasting",
}
Names = Mapping[str, str]


def news_line(news: LedgerNews, titles: Names, places: Names) -> str:
    """What the newest edition added to the list of changes and took from it.

    "The list of changes, figures to December 2025. New: burglary up in Camden and Brent. Ended: arson down in Sutton.
    Withdrawn: robbery up in Barnet, because May 2025 was revised from 120 to 98." Empty where nothing was ever listed.

    Args:
        news: of a place or several.
        titles: of measures by id.
        places: names of areas by code; empty for one place, which is then not named.
    """
    if not news.has_history:
        return ""
    parts = [
        _plain("New", news.new, titles, places),
        _plain("Fading", news.fading, titles, places),
        _plain("Ended", news.ended, titles, places),
        _plain("At the new level for two years, so followed no longer", news.lasting, titles, places),
        _withdrawn(news.withdrawn, titles, places),
    ]
    sentences = " ".join(part for part in parts if part)
    when = any_period(news.month)
    if not sentences:
        return f"The figures to {when} brought no change into the list and took none out."
    return f"The list of changes, figures to {when}. {sentences}"


def followed_summary(news: LedgerNews) -> str:
    """The heading of the table of all that are followed: "All 12 changes followed since they were first seen"."""
    many = len(news.followed)
    return "The one change followed" if many == 1 else f"All {number(many)} changes followed"


def standing_words(change: LedgerChange) -> str:
    """How a change stands, for a table: "Fading", "Ended: more than half of it is gone"."""
    why = why_left(change.status, change.cause, change.detail, change.size, change.size_now)
    return f"{STANDS[change.status]}: {why}" if why else STANDS[change.status]


def way_words(change: LedgerChange) -> str:
    """Which way it went, for a table."""
    return WAYS[change.direction]


def size_words(share: float) -> str:
    """A size for a table: "23% above", "11% below"."""
    return f"{percent(abs(share))} {'above' if share >= 0 else 'below'}"


def afterlife_sentence(afterlives: Sequence[Afterlife]) -> str:
    """What became of past changes: "Of 305 changes, 81% still stood or were fading a year after they entered"; empty for none."""
    year = next((a for a in afterlives if a.months == 12), None)
    if year is None:
        return ""
    stood = year.standing + year.fading + year.lasting
    return (
        f"Of {number(year.known)} changes that entered the list a year ago or more, {percent(stood / year.known)} still stood,"
        f" were fading or had become the level a year on; {percent(year.ended / year.known)} had ended and"
        f" {percent(year.withdrawn / year.known)} were withdrawn."
    )


def _plain(opening: str, findings: Sequence[Folded[LedgerChange]], titles: Names, places: Names) -> str:
    if not findings:
        return ""
    grouped: dict[tuple[str, Direction], list[str]] = {}
    for finding in findings:
        change = finding.leader
        grouped.setdefault((change.measure, change.direction), []).append(places.get(change.area, ""))
    phrases = [_phrase(titles[measure], way, names) for (measure, way), names in grouped.items()]
    return f"{opening}: {_few(phrases)}."


def _withdrawn(findings: Sequence[Folded[LedgerChange]], titles: Names, places: Names) -> str:
    if not findings:
        return ""
    by_why: dict[str, list[str]] = {}
    for finding in findings:
        change = finding.leader
        why = why_left(change.status, change.cause, change.detail, change.size, change.size_now)
        by_why.setdefault(why, []).append(_phrase(titles[change.measure], change.direction, [places.get(change.area, "")]))
    return " ".join(f"Withdrawn: {_few(phrases)}, because {why}." for why, phrases in by_why.items())


def _phrase(title: str, way: Direction, names: Sequence[str]) -> str:
    where = f" in {listed(tuple(names))}" if any(names) else ""
    return f"{title[:1].lower()}{title[1:]} {WAYS[way]}{where}"


def _few(phrases: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    more = len(phrases) - MOST_NAMED
    return "; ".join([*phrases[:MOST_NAMED], *([f"and {count_word(more)} more"] if more > 0 else [])])
