"""Why London's total is not the one on the Met's dashboard, in sentences."""

from dashboard.figures.two_totals import TwoTotals
from etl.core.period import moved
from etl.core.written import in_period, month, months, number, percent

HEADING = "Two official totals"


def difference_sentence(totals: TwoTotals) -> str:
    """Both totals, and how far apart they are."""
    side, when = "more" if totals.difference > 0 else "fewer", in_period(totals.last, "rolling_year")
    apart = f"{number(abs(totals.difference))} ({percent(abs(totals.share), 1)}) {side}"
    return (
        f"The Met’s Monthly Crime Dashboard gives {number(totals.other)} offences in London {when}: {apart} than the "
        f"{number(totals.ours)} of its geographic breakdown, which is counted here."
    )


def reason_sentences(totals: TwoTotals) -> str:
    """Since when they differ and in which offences, as far as the figures show; the publisher gives no reason."""
    sentences = []
    if totals.alike_until and totals.alike_until < totals.last:
        alike = months(totals.first_held, totals.alike_until)
        sentences.append(f"Each month from {alike} the two agree to a tenth of a per cent; they part in {_after(totals)}.")
    placed = totals.other_placed - totals.ours_placed
    share = percent(abs(placed) / totals.ours_placed, 1)
    apart = f"{number(abs(placed))} ({share}) {'more' if placed > 0 else 'fewer'}"
    rest = totals.other - totals.other_placed
    ours_rest = totals.ours - totals.ours_placed
    sentences.append(
        f"With a borough, the dashboard holds {apart}. The difference lies in offences that it gives to no borough, to aviation "
        f"or to another force’s area: {number(rest)}, against {number(ours_rest)} with no borough here."
    )
    return " ".join([*sentences, "The Met does not say why."])


def _after(totals: TwoTotals) -> str:
    return month(moved(totals.alike_until or totals.last, 1))
