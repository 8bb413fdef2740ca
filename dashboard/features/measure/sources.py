"""Where a measure's figures come from, and how to take them away."""

from dashboard.figures.compare import newest
from dashboard.figures.measure_in_place import MeasureInPlace
from dashboard.figures.records import Citation
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.passport import passport
from dashboard.ui.sections import section
from etl.core.written import any_period


def figures_to_take_away(in_place: MeasureInPlace) -> list[Element]:
    """The file of every figure on the page, how to work one out again, and the passport."""
    series = in_place.series or in_place.breakdowns[0][1]
    every = {c.edition: c for _, s in in_place.every_series for c in s.citations}
    citations: list[Citation] = sorted(every.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True)
    last = newest(series)
    period = last.period if last else series.points[-1].period
    worked_out_again: list[str | Element] = [
        "The file holds every figure of this page as it is shown now, with a note of what it is. "
        "One figure can be worked out again from the published file: ",
        html.Code(f"python -m etl explain {series.measure.id} {in_place.area.code} {period}"),
    ]
    from_where = passport(
        citations,
        rows=f"{in_place.area.name} and every place below it; the cell of each figure is in the file to take away",
        method=in_place.kind.method,
        caveats=series.measure.caveats,
        next_edition=f"None after {any_period(period)} is held.",
    )
    blocks: list[Element] = [
        html.P(worked_out_again),
        html.P(download_link("Figures behind this page", in_place.download_address), className="gap"),
        html.Div(from_where, className="gap"),
    ]
    return [section("source", "Take the figures away", blocks)]
