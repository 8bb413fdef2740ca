"""How far a figure lies from what was expected, in parts that a sentence puts together; and figures told apart from ranges."""

from dataclasses import dataclass

from dashboard.figures.records import Measure
from dashboard.words.facts import bare, is_count
from etl.core.written import number, percent, span

TEN_TIMES = 10


@dataclass(frozen=True)
class Size:
    """How far from expected: `amount` is "12% fewer" or "2.5 times", `interval` "6% to 19% fewer" or "2.2 to 2.8 times"."""

    amount: str
    interval: str
    is_multiple: bool

    @property
    def than_expected(self) -> str:
        """Without what is counted: "12% fewer than expected", "2.5 times what was expected"."""
        return f"{self.amount} {'what was' if self.is_multiple else 'than'} expected"

    def of(self, noun: str) -> str:
        """With what is counted: "12% fewer robberies than expected", "2.5 times as many robberies as expected"."""
        return f"{self.amount} as many {noun} as expected" if self.is_multiple else f"{self.amount} {noun} than expected"


def size_of(ratio: float, lower: float, upper: float, *, is_count: bool) -> Size:
    """How far from expected a ratio is, with its limits; twice or more is a multiple."""
    if ratio >= 2:
        decimals = 0 if ratio >= TEN_TIMES else 1
        return Size(f"{ratio:.{decimals}f} times", f"{lower:.{decimals}f} to {upper:.{decimals}f} times", is_multiple=True)
    less, more = ("fewer", "more") if is_count else ("lower", "higher")
    word = less if ratio < 1 else more
    sizes = sorted((abs(lower - 1), abs(upper - 1)))
    if (lower - 1) * (upper - 1) >= 0:
        interval = f"{span(percent(sizes[0]), percent(sizes[1]))} {word}"
    else:
        interval = f"{percent(1 - lower)} {less} to {percent(upper - 1)} {more}"
    return Size(f"{percent(abs(ratio - 1))} {word}", interval, is_multiple=False)


def size_words(ratio: float, lower: float, upper: float, *, is_count: bool) -> str:
    """How far from expected, always with its range: "12% fewer than expected (6% to 19% fewer)".

    Twice or more is said as a multiple: "2.5 times what was expected (2.2 to 2.8 times)".
    """
    size = size_of(ratio, lower, upper, is_count=is_count)
    return f"{size.than_expected} ({size.interval})"


def figures_apart(measure: Measure, observed: float, low: float, high: float) -> tuple[str, str, str]:
    """A figure and its range as shown: with more digits where rounding would set a figure outside its range on the edge of it."""
    texts = (bare(observed, measure), bare(low, measure), bare(high, measure))
    if low <= observed <= high or texts[0] not in texts[1:]:
        return texts
    decimals = 0 if is_count(measure) else measure.decimals + 1
    exact = [percent(v, decimals) if measure.is_percentage else number(v, decimals) for v in (observed, low, high)]
    return exact[0], exact[1], exact[2]
