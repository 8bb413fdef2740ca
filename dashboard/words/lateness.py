"""What is not known to this day, in sentences: nothing is late that is not due, and nothing old reads as new."""

from collections.abc import Sequence

from dashboard.figures.feeds import Feed
from etl.core.period import moved
from etl.core.written import count_word, day, month, months
from etl.definitions.calendar import Gap

NOTHING_SINCE = "; nothing is known since"


def nothing_since(gap: Gap | None) -> str:
    """What a headline that names its period ends with once newer figures are late: "; nothing is known since"; else empty."""
    return NOTHING_SINCE if gap is not None and gap.is_late else ""


def nothing_since_month(gap: Gap | None) -> str:
    """The same as a sentence of its own without its full stop: ". Nothing is known since December 2025"; else empty."""
    return f". Nothing is known since {month(gap.held_to)}" if gap is not None and gap.is_late else ""


def runs_words(what: str, gap: Gap) -> tuple[str, str]:
    """How far figures run, and what that leaves unknown to today: (what is the case, what follows).

    ("Recorded crime runs to December 2025.", "Nothing is known of the ten months since. Figures to September 2026 should be
    public and are not held.")
    """
    verb = "run" if what.endswith("s") else "runs"
    return f"{_capital(what)} {verb} to {month(gap.held_to)}.", unknown_sentence(gap)


def unknown_sentence(gap: Gap) -> str:
    """What follows from how far figures run: which months are unknown, and which of them should not be."""
    if not gap.months_unknown:
        return "Nothing later has ended."
    nothing = (
        f"Nothing is known of {month(moved(gap.held_to, 1))}"
        if gap.months_unknown == 1
        else f"Nothing is known of the {count_word(gap.months_unknown)} months since"
    )
    if not gap.is_late:
        return f"{nothing}: its figures are not due yet." if gap.months_unknown == 1 else f"{nothing}: they are not due yet."
    return f"{nothing}. Figures to {month(gap.due_to)} should be public and are not held."


def unknown_months(gap: Gap) -> str:
    """The whole months that are over and of which nothing is held: "January to October 2026"; "none" where there is none."""
    if not gap.months_unknown:
        return "none"
    return months(moved(gap.held_to, 1), moved(gap.held_to, gap.months_unknown))


def late_feeds_sentence(feeds: Sequence[Feed], *, besides: str = "") -> str:
    """How many feeds are late, those of the source `besides` left out: "Nine more feeds are late."; empty where none is."""
    many = sum(1 for f in feeds if f.state == "late" and f.source.id != besides)
    if not many:
        return ""
    more = " more" if besides else ""
    return f"{_capital(count_word(many))}{more} feed{' is' if many == 1 else 's are'} late."


def feed_sentence(feed: Feed) -> str:
    """What should be held of one feed and is not: "one month, to January 2026", "nothing", "every period"."""
    if feed.gap is None:
        return "every period"
    many = feed.gap.periods_late
    if not many:
        return "nothing"
    noun = feed.source.cadence if many == 1 else f"{feed.source.cadence}s"
    return f"{count_word(many)} {noun}, to {month(feed.gap.due_to)}"


def late_words(feed: Feed) -> str:
    """A cell of a table: what of a feed is late, and since when: "Nine months, to September 2026; since 1 March 2026"."""
    if feed.gap is None:
        return "Its first file is awaited"
    since = f"; since {day(feed.gap.late_since)}" if feed.gap.late_since else ""
    return f"{_capital(feed_sentence(feed))}{since}"


def unknown_words(feed: Feed) -> str:
    """A cell of a table: the months of a feed that are over and unknown, and how many: "January to October 2026 (10 months)"."""
    if feed.gap is None:
        return "Every month"
    many = feed.gap.months_unknown
    return f"{unknown_months(feed.gap)} ({many:,} months)" if many > 1 else _capital(unknown_months(feed.gap))


def coverage_headline(every: Sequence[Feed]) -> str:
    """How many feeds run as far as they should, of those held; and how many are known and not held."""
    feeds_loaded = [f for f in every if f.state != "not held"]
    whole = sum(1 for f in feeds_loaded if f.state == "held")
    coverage = f"{count_word(whole)} of {count_word(len(feeds_loaded))} feeds run as far as they should"
    if not whole:
        coverage = "No feed held runs as far as it should"
    elif whole == len(feeds_loaded):
        coverage = "Every feed held runs as far as it should"
    missing = len(every) - len(feeds_loaded)
    nothing = f"; of {count_word(missing)} more, nothing is held" if missing else ""
    return f"{_capital(coverage)}{nothing}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
