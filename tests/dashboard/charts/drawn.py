"""One of every drawing at every width, from realistic random records and hostile names."""

import json
import math
import random
from datetime import date
from pathlib import Path

from dashboard.charts.before_after import BeforeAfterRow, before_and_after_set
from dashboard.charts.borough_map import borough_map_set, shapes
from dashboard.charts.borough_tiles import short_name
from dashboard.charts.contribution import Contribution, contribution_set
from dashboard.charts.coverage import CoverageRow, coverage_set
from dashboard.charts.dot_matrix import MatrixRow, dot_matrix_set
from dashboard.charts.expected import ExpectedMonth, ExpectedRange
from dashboard.charts.forest import ForestGroup, ForestRow, forest_set
from dashboard.charts.funnel import Funnel, FunnelLimit, FunnelPoint, funnel_set
from dashboard.charts.intervals import IntervalRow, intervals_set
from dashboard.charts.line import HALF, MEETING, card, line_set
from dashboard.charts.ratio_bar import ratio_bar, ratio_bar_head
from dashboard.charts.reliability import Reliability, Tenth, reliability_set
from dashboard.charts.retired_targets import TargetRow, retired_targets_set
from dashboard.charts.revisions import revisions_set
from dashboard.charts.rolling import rolling_set
from dashboard.charts.share_dots import DotRow, ShareDot, share_dots_set
from dashboard.charts.step_test import StepRow, step_test_set
from dashboard.charts.strip import ALONE, TWO_YEARS_BEFORE, StripRow, strip_set
from dashboard.charts.survey_line import survey_line
from dashboard.charts.tile import tile, tile_scale
from dashboard.charts.two_lines import two_lines_set
from dashboard.charts.verdict_shapes import WORDS, glyph, grade_disc
from dashboard.figures.records import Area, Revision
from etl.core.grade import Grade
from tests.dashboard.charts.made import (
    BROMLEY,
    CATEGORIES,
    HOSTILE,
    LONDON_AREA,
    SYSTEM,
    measure,
    months,
    point,
    realistic,
    series,
    verdict,
)

REFERENCE = Path(__file__).parents[3] / "data" / "reference" / "boroughs.geojson"
BOROUGHS = shapes(json.loads(REFERENCE.read_text()))
MEASURES = (
    "Residential burglary",
    "Personal robbery",
    "Theft from the person",
    "Theft from a vehicle",
    "Theft of a vehicle",
    "Shoplifting",
    "Violence with injury",
    "Criminal damage",
    "Sexual offences",
    "Stalking and harassment",
    "Possession of weapons",
    "Drug trafficking",
)
MET = tuple(b for b in sorted(BOROUGHS, key=lambda b: b.name) if b.code != "E09000001")


def expected(values, *, first: str, fixed: str) -> ExpectedRange:
    labels = months(first, len(values))
    known = [(p, v) for p, v in zip(labels, values, strict=True) if v is not None]
    made = [ExpectedMonth(p, v * 1.02, v * 0.9, v * 1.15) for p, v in known if not "2020-03" <= p <= "2021-06"]
    return ExpectedRange(tuple(m for m in made if m.period <= fixed), tuple(m for m in made if m.period > fixed), fixed)


def over_time(seed: int) -> list[tuple[str, str]]:
    named_drawings = []
    states = list("BWCNPTXLU")
    for name, level, area in (
        ("large", 9000, LONDON_AREA),
        ("small", 12, BROMLEY),
        ("hostile", 300, Area("E09000099", HOSTILE, "borough")),
    ):
        values = realistic(seed, level=level)
        of = series(values, first="2017-01", area=area, breaks=(SYSTEM, CATEGORIES), newest="provisional")
        band = expected(values, first="2017-01", fixed="2025-03")
        judgement = verdict(states[seed % 9])
        for kind, sizes in (("line", None), ("half", HALF), ("meeting", MEETING)):
            drawings = line_set(of, expected=band, verdict=judgement, **({"sizes": sizes} if sizes else {}))
            named_drawings += [(f"{kind} {name}", svg) for svg in drawings]
        named_drawings += [(f"late {name}", svg) for svg in line_set(of, until="2026-08", first="2022-01")]
        named_drawings += [
            (f"card {name}", card(of, expected=band, verdict=judgement)),
            (f"card late {name}", card(of, until="2026-08")),
        ]
        yearly = measure(form="rolling_year_rate", period="rolling_year", decimals=1, is_rolling=True, unit="per 1,000 residents")
        places = (area, Area("BCU-CE", "Central East", "bcu"), LONDON_AREA)
        lines = [
            series([v and v / 700 + i / 5 for v in values], first="2017-01", area=a, of=yearly, breaks=(SYSTEM, CATEGORIES))
            for i, a in enumerate(places)
        ]
        named_drawings += [(f"rolling {name}", svg) for svg in rolling_set(lines[0], lines[1:])]
    days = measure(title="Median days", period="quarter", unit="days")
    pair = [series([v for v in realistic(seed + i, months_long=40, level=300, holes=False)], first="2016-01", of=days, area=a)
            for i, a in enumerate((LONDON_AREA, Area("K04000001", "England and Wales", "nation")))]  # fmt: skip
    named_drawings += [("two lines", svg) for svg in two_lines_set(*pair, shared=(800,))]
    share = measure(title="Good job", period="rolling_year", is_percentage=True, is_rolling=True, unit="share")
    survey_points = [
        point(p, 0.68 - i / 400, lower=0.67 - i / 400, upper=0.69 - i / 400)
        for i, p in enumerate(months("2014-12", 130))
        if i % 3 == 0
    ]
    survey = series([], of=share).__class__(share, LONDON_AREA, tuple(survey_points), (), ())
    return [*named_drawings, ("survey", survey_line(survey)), ("survey ended", survey_line(survey, until="2027-09"))]


def places(seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)  # noqa: S311 (the same records every time)
    rate = measure(form="rate", decimals=1, unit="per 10,000 residents")
    every = [
        series([chance.uniform(0.4, 9) for _ in range(24)], first="2024-01", area=Area(b.code, b.name, "borough"), of=rate)
        for b in MET
    ]
    scale = tile_scale(every, first="2024-01")
    named_drawings = [("tile", tile(s, scale, beside=every[0], is_named=i == 0)) for i, s in enumerate(every[:6])]
    classes = {b.code: chance.randrange(3) for b in MET}
    named_drawings += [("map", svg) for svg in borough_map_set(BOROUGHS, classes, ("Lower", "About the same", "Higher"))]
    points = [
        FunnelPoint(b.name, chance.uniform(150e3, 400e3), r := chance.gauss(7, 1.3), abs(r - 7) > 2, i % 9 == 0)
        for i, b in enumerate(MET)
    ]
    limits = [
        FunnelLimit(s, 7 - (w := 700 / math.sqrt(s)), 7 + w, 7 - 1.6 * w, 7 + 1.8 * w) for s in range(120_000, 440_000, 8000)
    ]
    named_drawings += [
        ("funnel", svg) for svg in funnel_set(Funnel(tuple(points), tuple(limits), 7.0, "London 7.0", "residents, mid-2024"))
    ]
    matrix = [
        MatrixRow(m, tuple((b.name, chance.choices("NBWCPXTLU", [40, 1, 1, 2, 1, 0.3, 0.3, 0.3, 0.3])[0]) for b in MET))
        for m in MEASURES
    ]
    named_drawings += [("dot matrix", svg) for svg in dot_matrix_set(matrix)]
    named_drawings += [
        ("contribution", svg)
        for svg in contribution_set([Contribution(short_name(b.code, b.name), chance.randint(-570, 220)) for b in MET])
    ]
    survey_points = [IntervalRow(b.name, v := chance.gauss(0.48, 0.06), v - 0.06, v + 0.06, f"{v:.0%}") for b in MET]
    survey_points.append(IntervalRow(HOSTILE, None, None, None, "fewer than 5"))
    return named_drawings + [("intervals", svg) for svg in intervals_set(survey_points, 0.47, is_percentage=True)]


def rows(seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)  # noqa: S311 (the same records every time)
    judged = [
        ForestRow(m, r := math.exp(chance.gauss(0, 0.35)), r * 0.8, r * 1.25, chance.choice("NBWCP"), f"{abs(r - 1):.0%} more")
        for m in MEASURES
    ]
    refused = ForestRow(HOSTILE, None, None, None, "T", "too early to judge")
    groups = [
        ForestGroup("Chosen", tuple(judged[:2])),
        ForestGroup("Not chosen, high harm", (*judged[2:6], refused)),
        ForestGroup("Not chosen, volume", tuple(judged[6:])),
    ]
    named_drawings = [("forest", svg) for svg in forest_set(groups)]
    strips = [
        StripRow(
            m,
            math.exp(chance.gauss(-0.2, 0.4)),
            (1.1, 0.9),
            tuple(math.exp(chance.gauss(0, 0.6)) for _ in range(29)),
            "22% lower",
        )
        for m in MEASURES
    ]
    named_drawings += [("strip", svg) for svg in strip_set(strips, "Bromley")]
    named_drawings += [
        ("two years", svg) for svg in strip_set(strips, "Kingston upon Thames", widths=ALONE, axis=TWO_YEARS_BEFORE)
    ]
    courts = [
        BeforeAfterRow(n, chance.uniform(500, 4000), chance.uniform(500, 4500))
        for n in ("Snaresbrook", "Inner London Sessions House", HOSTILE)
    ]
    named_drawings += [
        ("before and after", svg)
        for svg in before_and_after_set([*courts, BeforeAfterRow("Woolwich", None, 20)], ("Dec 2024", "Dec 2025"))
    ]
    steps = [(m, chance.uniform(-0.3, 0.6)) for m in MEASURES]
    named_drawings += [("step test", svg) for svg in step_test_set([StepRow(m, step, abs(step) > 0.3) for m, step in steps])]
    targets = [
        TargetRow(m, tuple(chance.uniform(-0.5, 0.9) for _ in range(4)), [True, False, None][i % 3])
        for i, m in enumerate(MEASURES)
    ]
    named_drawings += [("retired targets", svg) for svg in retired_targets_set(targets, -0.2, "2011/12", "Not among the seven")]
    sources = [
        CoverageRow(
            m, ((date(2008 + i, 4, 1), date(2025, 12, 31)),), ((date(2026, 1, 1), date(2026, 2, 28)),), (date(2019, 7, 1),)
        )
        for i, m in enumerate(MEASURES)
    ]
    named_drawings += [("coverage", svg) for svg in coverage_set([*sources, CoverageRow(HOSTILE, ())])]
    editions = [
        date(2023, 11, 20),
        date(2024, 2, 20),
        date(2024, 7, 20),
        date(2025, 6, 20),
        date(2025, 12, 20),
        date(2026, 1, 20),
    ]
    moved = [
        Revision(p, str(e), str(e), e, 5000 * chance.gauss(1, 0.02))
        for i, p in enumerate(("2023-10", "2024-01", "2024-06", "2025-05", "2025-11"))
        for e in editions[i:]
    ]
    named_drawings += [("revisions", svg) for svg in revisions_set(moved)]
    return [*named_drawings, *_calibration(chance)]


def _calibration(chance: random.Random) -> list[tuple[str, str]]:
    shares = [min(chance.gauss(0.96, 0.03), 1.0) for _ in MEASURES]
    by_measure = [ShareDot(m, share, share >= 0.9) for m, share in zip(MEASURES, shares, strict=True)]
    short = [ShareDot(HOSTILE, 0.69, False), ShareDot("Shoplifting", 0.72, False), ShareDot("Drug trafficking", 0.77, False)]
    by_size = [ShareDot(f"{size} a month", chance.uniform(0.9, 1.0), True) for size in (1, 10, 100)]
    dot_rows = [DotRow("By measure", (*by_measure, *short)), DotRow("By size", tuple(by_size)), DotRow("None", ())]
    middles = [(i + 0.5) / 10 for i in range(10)]
    tenths = [Tenth(at, min(max(at + chance.gauss(0, 0.05), 0.0), 1.0), 100) for at in middles]
    of_few = [Tenth(at, chance.choice((0.0, 0.5, 1.0)), 3) for at in middles]
    chances = Reliability(HOSTILE, tuple(tenths[4:]), tuple(tenths[:4]), "London", tuple(of_few), 0.05)
    return [
        *(("share dots", svg) for svg in share_dots_set(dot_rows, 0.9)),
        *(("reliability", svg) for svg in reliability_set(chances)),
    ]


def hidden() -> list[tuple[str, str]]:
    """Drawings that repeat the words beside them, and so are hidden from readers who cannot see them."""
    bars = [
        ("ratio bar", ratio_bar(verdict(s, observed)))
        for s, observed in (("B", 60), ("W", 130), ("C", 900), ("N", 101), ("P", 0))
    ]
    discs = [(f"grade {grade.word}", grade_disc(grade)) for grade in Grade]
    return [*bars, *discs, ("ratio bar head", ratio_bar_head()), *((f"glyph {s}", glyph(s)) for s in WORDS)]


def every(seed: int) -> list[tuple[str, str]]:
    return [*over_time(seed), *places(seed), *rows(seed)]
