"""The retired targets of 2013 to 2016 for one place: what they said, and what would be said now, from the same counts."""

from dataclasses import dataclass

from dashboard.figures import queries, queries_register, queries_years
from dashboard.figures.compare import break_among
from dashboard.figures.queries_sources import editions
from dashboard.figures.queries_years import YearCount
from dashboard.figures.records import Area, Citation, Verdict
from dashboard.register.records import StatedFactRecord
from etl.core.areas import LONDON
from etl.core.period import financial_year_months
from etl.core.state import State

TOTAL = "mopac7"
SEVEN = (
    "mopac7_violence_with_injury", "mopac7_robbery", "mopac7_burglary", "mopac7_theft_from_person",
    "mopac7_theft_from_motor_vehicle", "mopac7_theft_of_motor_vehicle", "mopac7_criminal_damage",
)  # fmt: skip
UNWATCHED = ("homicide", "rape", "other_sexual_offences", "stalking_and_harassment", "possession_of_weapons")
"""High-harm measures that no target named, as far as published for these years."""
TARGET = -0.2
BASE, LAST = "2011/12", "2015/16"
YEARS = ("2011/12", "2012/13", "2013/14", "2014/15", "2015/16")
PERIODS = tuple(financial_year_months(year)[1] for year in YEARS)
"""The last month of each."""
AS_PUBLISHED = "mopac 7 as published"
PREFIX = "MOPAC 7: "


@dataclass(frozen=True)
class TargetLine:
    """One crime in one place: offences in each year April to March, and what may be said of the last beside the years before.

    `counts` holds None where a year is not held. `verdict` judges 2015/16 against the two years to March 2013.
    """

    measure_id: str
    name: str
    counts: tuple[float | None, ...]
    verdict: Verdict | None
    has_target: bool
    citations: tuple[Citation, ...]
    is_parted: bool = False
    """Whether a restart stands between the years, so that they are not compared."""

    @property
    def change(self) -> float | None:
        """Change from 2011/12 to 2015/16 as a share; None where either is not held or the first is nil."""
        return self.changes[-1] if self.changes else None

    @property
    def changes(self) -> tuple[float, ...]:
        """Change of each later year since 2011/12; () where any is not held, the first is nil or a restart parts them."""
        base = self.counts[0]
        if not base or self.is_parted or any(c is None for c in self.counts):
            return ()
        return tuple(c / base - 1 for c in self.counts[1:] if c is not None)

    @property
    def is_met(self) -> bool | None:
        """Whether the offences fell by a fifth; None without a target or a count."""
        # 800 of 1000 is a fall of a fifth, whatever binary fractions make of it.
        return round(self.change, 9) <= TARGET if self.has_target and self.change is not None else None


@dataclass(frozen=True)
class Targets:
    """The retired targets in one place."""

    area: Area
    together: TargetLine
    seven: tuple[TargetLine, ...]
    unwatched: tuple[TargetLine, ...]

    @property
    def lines(self) -> tuple[TargetLine, ...]:
        """Each crime, then the seven together, then what no target watched."""
        return (*self.seven, self.together, *self.unwatched)

    def called(self, is_met: bool, *states: State) -> tuple[TargetLine, ...]:
        """Crimes of the seven called met or missed whose verdict is one of these."""
        return tuple(x for x in self.seven if x.is_met is is_met and x.verdict and x.verdict.state in states)


def targets_in(area_code: str) -> Targets:
    """The retired targets in London or a borough.

    Raises:
        LookupError: no such area, or nothing is held there.
    """
    area = queries.area(area_code)
    ids = (TOTAL, *SEVEN, *UNWATCHED)
    measures_held = {m for m, code, _ in _counts() if code == area.code}
    if TOTAL not in measures_held:
        raise LookupError(f"No count of the seven crimes is held for {area.name}.")
    lines = {m: _line(m, area.code) for m in ids if m in measures_held}
    return Targets(
        area,
        lines[TOTAL],
        tuple(lines[m] for m in SEVEN if m in lines),
        tuple(lines[m] for m in UNWATCHED if m in lines),
    )


def targets_by_borough() -> tuple[Targets, ...]:
    """The retired targets in each borough the Met polices, A to Z."""
    codes = {code for m, code, _ in _counts() if m == TOTAL}
    return tuple(targets_in(a.code) for a in queries.areas("borough") if a.code in codes)


def first_published() -> dict[tuple[str, str], StatedFactRecord]:
    """What was published at the time for London, by (measure, year)."""
    facts = queries_register.stated_facts(AS_PUBLISHED)
    return {(f.measure_id, f.period): f for f in facts if f.measure_id and f.area_code == LONDON}


def _counts() -> dict[tuple[str, str, str], YearCount]:
    return queries_years.year_counts((TOTAL, *SEVEN, *UNWATCHED), PERIODS)


def _line(base: str, area_code: str) -> TargetLine:
    counts = [_counts().get((base, area_code, period)) for period in PERIODS]
    title = queries.measure(base).title.removeprefix(PREFIX)
    citations_by_edition = {c.edition: c for c in editions()}
    # Newest first, as wherever editions are named.
    editions_used = dict.fromkeys(x.edition for x in reversed(counts) if x is not None and x.value is not None)
    return TargetLine(
        base,
        "The seven together" if base == TOTAL else f"{title[:1].upper()}{title[1:]}",
        tuple(x.value if x else None for x in counts),
        queries_years.target_verdicts().get((area_code, base)),
        base in SEVEN or base == TOTAL,
        tuple(citations_by_edition[e] for e in editions_used),
        _is_parted(base, area_code),
    )


def _is_parted(base: str, area_code: str) -> bool:
    breaks = queries.breaks(f"{base}{queries_years.COUNT}", area_code)
    return break_among(breaks, "rolling_year", PERIODS[0], PERIODS[-1]) is not None
