"""What the newest edition changed, in sentences."""

from dashboard.figures.queries_editions import EditionChange
from etl.core.written import month, number, rounded

FEWEST_OFFENCES = 100


def edition_sentences(total: EditionChange) -> tuple[str, ...]:
    """How London's total moved between the newest edition and the one before.

    "London’s recorded crime for November 2025 was 75,432 in the edition of December 2025 and is 76,144 in that of January
    2026." and how many borough totals were revised over the months both editions hold.
    """
    largest_sentence = (
        f"London’s recorded crime for {month(total.largest_period)} was {number(total.largest_old)} in the edition of "
        f"{total.before.label} and is {number(total.largest_new)} in that of {total.edition.label}."
        if total.largest_old != total.largest_new
        else f"No month of London’s recorded crime moved between the editions of {total.before.label} and {total.edition.label}."
    )
    totals_revised = f"{number(total.cells_moved)} of {number(total.cells)} monthly borough totals were revised"
    difference, total_now = number(abs(total.new_total - total.old_total)), rounded(total.new_total)
    verb = "rose by" if total.new_total > total.old_total else "fell by"
    total_words = (
        f"London’s total {verb} {difference} in {total_now}"
        if total.new_total != total.old_total
        else "London’s total is the same"
    )
    shared_sentence = f"In the {total.months} months both editions hold, {totals_revised}; {total_words}."
    return largest_sentence, shared_sentence


def moved_most(changes: tuple[EditionChange, ...], count: int) -> tuple[EditionChange, ...]:
    """The measures whose figure for one month moved furthest in proportion, furthest first.

    Retired measures are left out, and months of fewer than 100 offences: there one offence more is a large share.
    """
    revised = [
        c for c in changes if c.measure.theme != "retired" and c.largest_old >= FEWEST_OFFENCES and c.largest_new != c.largest_old
    ]
    return tuple(sorted(revised, key=lambda c: abs(c.largest_new / c.largest_old - 1), reverse=True)[:count])
