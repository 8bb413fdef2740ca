"""Series, rows and drawings to test with, and a second reading of a drawing: its texts, boxes and marks."""

import random
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from xml.etree import ElementTree

from dashboard.figures.records import Area, Break, Measure, MeasureSeries, Point, Verdict
from etl.core.areas import LONDON

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
HOSTILE = 'Ham & <b>"Egg"</b>'
LONDON_AREA = Area(LONDON, "London", "force")
BROMLEY = Area("E09000006", "Bromley", "borough", "BCU-SO")
SYSTEM = Break(date(2024, 2, 28), None, "new crime system", "system", "restart", "Metropolitan Police Service")
CATEGORIES = Break(
    date(2019, 3, 1), None, "A long account of categories that were joined where they could be.", "definition", "mark", "x"
)


def measure(**changes: object) -> Measure:
    base = Measure(
        id="robbery_personal", base="robbery_personal", form="count", kind="recorded_crime", title="Personal robbery",
        noun="robberies",
        unit="robberies",
        theme="Volume crime", period="month", decimals=0, better="lower", better_note="", definition="", counts="", leaves_out="",
        gamed_by="", counter_measure="", read_beside=(), owner=None, reviewed="", next_review="", caveats=(), published_as=(),
    )  # fmt: skip
    return replace(base, **changes)


def point(
    period: str, value: float | None, status: str = "final", lower: float | None = None, upper: float | None = None
) -> Point:
    year, rest = period.split("-")
    month = int(rest[1:]) * 3 - 2 if rest.startswith("Q") else int(rest)
    state = status if value is not None or status != "final" else "unavailable"
    return Point(period, date(int(year), month, 1), value, None, None, lower, upper, state, "2026-01", "Sheet1!B2")


def months(first: str, count: int) -> list[str]:
    year, month = (int(part) for part in first.split("-"))
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count)]


def quarters(first_year: int, count: int) -> list[str]:
    return [f"{first_year + i // 4}-Q{i % 4 + 1}" for i in range(count)]


def series(
    values, *, first: str = "2024-01", area: Area = LONDON_AREA, of: Measure | None = None, breaks=(), newest: str = "final"
) -> MeasureSeries:
    kind = of or measure()
    labels = quarters(int(first[:4]), len(values)) if kind.period == "quarter" else months(first, len(values))
    points = [
        point(p, v, newest if i == len(values) - 1 else "final") for i, (p, v) in enumerate(zip(labels, values, strict=True))
    ]
    return MeasureSeries(kind, area, tuple(points), (), tuple(breaks))


def realistic(
    seed: int, *, months_long: int = 108, first: str = "2017-01", level: float = 5000, holes: bool = True
) -> list[float | None]:
    """Counts with a season, a drift, a step, noise and a few stretches that are not held."""
    chance = random.Random(seed)  # noqa: S311 (the same records every time)
    values: list[float | None] = []
    for i in range(months_long):
        season = 1 + 0.12 * ((i % 12) - 5.5) / 5.5
        values.append(float(round(max(0.0, level * season * (1 + 0.002 * i) * (0.84 if i > 85 else 1) * chance.gauss(1, 0.06)))))
    if holes:
        for start, length in ((chance.randrange(10, 30), 1), (chance.randrange(40, 60), 5), (chance.randrange(70, 90), 2)):
            values[start : start + length] = [None] * min(length, months_long - start)
    return values


def verdict(state: str, observed: float | None = 120, expected: float | None = 100) -> Verdict:
    return Verdict("m", "a", state, None, None, observed, expected, 92, 108, None, None, None, None, None, "", "", "")


@dataclass(frozen=True)
class Written:
    """A text of a drawing and the box it takes, reckoned at 0.55 of its size a character."""

    words: str
    css: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Written") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)


def size(svg: str) -> tuple[float, float]:
    _, _, width, height = (float(n) for n in parsed(svg).get("viewBox", "").split())
    return width, height


def texts(svg: str) -> list[Written]:
    texts_drawn = []
    for node in parsed(svg).iter("text"):
        words, css = "".join(node.itertext()), node.get("class", "")
        height = 13 if "s" in css.split() or css.startswith("gl") else 14
        width = 0.55 * height * len(words)
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = x - {"start": 0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
        texts_drawn.append(Written(words, css, left, y - 0.74 * height, left + width, y + 0.2 * height))
    return texts_drawn


def words(svg: str) -> list[str]:
    return [t.words for t in texts(svg)]


def marks(svg: str, tag: str, css: str) -> list[ElementTree.Element]:
    return [node for node in parsed(svg).iter(tag) if node.get("class") == css]


def dots(svg: str, css: str) -> list[list[tuple[float, float]]]:
    """The corners of every path of a class."""
    paths = [[float(n) for n in NUMBER.findall(node.get("d", ""))] for node in marks(svg, "path", css)]
    steps = [list(zip(d[::2], d[1::2], strict=True)) for d in paths]
    return [[(round(x, 1), round(y, 1)) for x, y in accumulate(d, lambda a, b: (a[0] + b[0], a[1] + b[1]))] for d in steps]
