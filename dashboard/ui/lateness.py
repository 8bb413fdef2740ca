"""The notice of how far figures run, and what that leaves unknown to today: once a page, and the same everywhere."""

from collections.abc import Sequence

from dashboard.figures.feeds import CRIME, feeds_today, gap_of_source
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.notice import notice
from dashboard.words.lateness import late_feeds_sentence, runs_words
from etl.definitions.calendar import Gap

RECORDED_CRIME = "recorded crime"
EVERY_FEED = ("How far each source runs", "/data#coverage")


def runs_notice(what: str, gap: Gap) -> html.Div:
    """How far the figures of a page run, and which months to today are unknown."""
    case, follows = runs_words(what, gap)
    return notice("late", case, follows)


def crime_notice(coverage: str = EVERY_FEED[1]) -> list[Element]:
    """How far recorded crime runs, how many other feeds are late, and where each is listed; nothing where none is held."""
    gap = gap_of_source(CRIME)
    if gap is None:
        return []
    case, follows = runs_words(RECORDED_CRIME, gap)
    others = late_feeds_sentence(feeds_today(), besides=CRIME)
    words = " ".join(filter(None, (follows, others)))
    return [notice("late", case, [f"{words} ", html.A(EVERY_FEED[0], href=coverage), "."])]


def says_how_late(parts: Sequence[Element]) -> bool:
    """Whether a page has a notice of its own of how far its figures run."""
    return any("late" in part.classes for part in parts)
