"""What the newest edition changed, in sentences made from the very rows of the table under them."""

from collections.abc import Sequence

from dashboard.figures.queries_editions import EditionChange
from etl.core.written import count_word, month, number, percent, rounded

FEWEST_OFFENCES = 100
TOTAL = "total_recorded_crime"


def edition_sentences(changes: Sequence[EditionChange]) -> tuple[str, ...]:
    """How London's figures moved between an edition and the one before: its total, then its measures; () without any.

    "London’s recorded crime for November 2025 was 75,432 in the edition of December 2025 and is 76,144 in that of January
    2026." (or "to December 2025", where it is not known when an edition came out); how many borough totals were revised over the
    months both editions hold; how many measures moved, and the one that
    moved furthest.
    """
    total = next((c for c in changes if c.measure.id == TOTAL), None)
    if total is None:
        return ()
    return tuple(filter(None, (_total_sentence(total), _shared_sentence(total), _measures_sentence(changes))))


def moved_most(changes: Sequence[EditionChange], count: int) -> tuple[EditionChange, ...]:
    """The measures whose figure for one month moved furthest in proportion, furthest first.

    Retired measures are left out, those that cannot be compared, and months of fewer than 100 offences: there one offence more is
    a large share.
    """
    revised = [c for c in _revised(changes) if c.largest_old >= FEWEST_OFFENCES]
    return tuple(sorted(revised, key=lambda c: abs(c.largest_new / c.largest_old - 1), reverse=True)[:count])


def moved_words(change: EditionChange) -> str:
    """How far the month that moved most moved, in proportion: "+4.3%", "−35.0%"."""
    share = change.largest_new / change.largest_old - 1
    return f"{'+' if share > 0 else ''}{percent(share, 1)}"


def _total_sentence(total: EditionChange) -> str:
    if total.largest_old == total.largest_new:
        return (
            f"London’s total of recorded crime moved in no month between the editions {total.before.which} and "
            f"{total.edition.which}."
        )
    return (
        f"London’s recorded crime for {month(total.largest_period)} was {number(total.largest_old)} in the edition "
        f"{total.before.which} and is {number(total.largest_new)} in that {total.edition.which}."
    )


def _shared_sentence(total: EditionChange) -> str:
    totals_revised = f"{number(total.cells_moved)} of {number(total.cells)} monthly borough totals were revised"
    difference, total_now = number(abs(total.new_total - total.old_total)), rounded(total.new_total)
    verb = "rose by" if total.new_total > total.old_total else "fell by"
    total_words = (
        f"London’s total {verb} {difference} in {total_now}"
        if total.new_total != total.old_total
        else "over all of them London’s total is the same"
    )
    months_words = "one month" if total.months == 1 else f"{count_word(total.months)} months"
    return f"In the {months_words} both editions hold, {totals_revised}; {total_words}."


def _measures_sentence(changes: Sequence[EditionChange]) -> str:
    parts = [c for c in changes if c.measure.theme != "retired" and c.measure.id != TOTAL]
    if not parts:
        return ""
    compared = [c for c in parts if c.is_comparable]
    moved = [c for c in _revised(changes) if c.measure.id != TOTAL]
    how_many = count_word(len(moved)).capitalize() if moved else "None"
    opening = f"{how_many} of the other {count_word(len(compared))} measures moved in London"
    if compared and len(moved) == len(compared):
        opening = f"Each of the other {count_word(len(compared))} measures moved in London"
    furthest = moved_most(changes, 1)
    most = (
        f"; furthest in proportion {furthest[0].measure.title.lower()}, {month(furthest[0].largest_period)}, "
        f"{moved_words(furthest[0])}"
        if furthest
        else ""
    )
    other = len(parts) - len(compared)
    apart = f" {count_word(other).capitalize()} more {'counts' if other == 1 else 'count'} something else in the two editions."
    return f"{opening}{most}.{apart if other else ''}"


def _revised(changes: Sequence[EditionChange]) -> list[EditionChange]:
    """The measures in force that can be compared and of which some month moved in London."""
    return [c for c in changes if c.measure.theme != "retired" and c.is_comparable and c.months_moved]
