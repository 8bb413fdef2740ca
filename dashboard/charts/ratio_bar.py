"""One observed total beside its expected range, small enough for a table's cell; one ratio scale for all rows."""

from math import log2

from dashboard.charts.svg import Canvas, circle, line, rect
from dashboard.charts.verdict_shapes import shape
from dashboard.figures.records import Verdict
from etl.core.state import CHANGES

WIDTH, HEIGHT, HEAD_HEIGHT = 230, 26, 16
EXPECTED_AT, DOUBLING, EDGE = 104.6, 79.1, 7.0


def ratio_bar(verdict: Verdict) -> str:
    """The expected range as a band and what came in the verdict's shape, 230 by 26; empty where nothing was judged.

    The picture repeats the sentence beside it, so it is hidden from readers who cannot see it.
    """
    canvas = Canvas(WIDTH, HEIGHT)
    expected, observed = verdict.expected, verdict.observed
    if expected and observed is not None:
        if verdict.expected_lower is not None and verdict.expected_upper is not None:
            low, high = _x(verdict.expected_lower / expected), _x(verdict.expected_upper / expected)
            canvas.add("band", rect(low, 5, high - low, 16, "band"))
            canvas.add("band", line(low, 5, low, 21, "band-edge"), line(high, 5, high, 21, "band-edge"))
        canvas.add("centre", line(EXPECTED_AT, 2, EXPECTED_AT, 24, "axis"))
        at = _x(observed / expected)
        canvas.add("point", shape(verdict.state, at, 13, 5) if verdict.state in CHANGES else circle(at, 13, 4, "dot-hollow"))
    return _in_cell(canvas)


def ratio_bar_head() -> str:
    """SVG of the words over a column of ratio bars: half, as expected, twice."""
    canvas = Canvas(WIDTH, HEAD_HEIGHT)
    for ratio, words in ((0.5, "half"), (1.0, "as expected"), (2.0, "twice")):
        canvas.text(_x(ratio), 12, words, "t q s", "middle")
    return _in_cell(canvas)


def _x(ratio: float) -> float:
    """The pixel of a ratio; one beyond the scale is placed at its edge."""
    if ratio <= 0:
        return EDGE
    return min(max(EXPECTED_AT + DOUBLING * log2(ratio), EDGE), WIDTH - EDGE)


def _in_cell(canvas: Canvas) -> str:
    svg = canvas.svg("", is_member=False)
    return svg.replace(' role="img" aria-label=""', ' class="ratio" aria-hidden="true" focusable="false"', 1)
