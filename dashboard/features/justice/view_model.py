"""What the Justice page shows: London and England and Wales side by side, courts, regions, and what was said years ago."""

from dataclasses import dataclass

from dashboard.figures import queries
from dashboard.figures.measure_in_place import ENGLAND_AND_WALES
from dashboard.figures.records import LONDON, MeasureSeries, Verdict

MEDIAN, MEAN = "offence_to_completion_median", "offence_to_completion_mean"
KNOWN_AGE, SHARE = "open_crown_cases_of_known_age", "open_crown_cases_over_1_year_share"
OLD = "open_crown_cases_over_1_year"
RECEIVED, FINISHED, OPEN = "crown_receipts", "crown_disposals", "open_crown_cases"
CHARGE, BY_COURT = "charge_to_completion_median", "open_crown_cases_by_court"
ALL_MEDIAN, ALL_MEAN = "all_courts_offence_to_completion_median", "all_courts_offence_to_completion_mean"
BEFORE_COVID = "2019-Q4"
LEWISHAM_QUARTERS = ("2016-Q3", "2016-Q4")
"""The quarters whose ends lie on either side of October 2016."""
LONDON_IDS = (MEDIAN, MEAN, KNOWN_AGE, SHARE, OLD, ALL_MEDIAN, ALL_MEAN)
NATION_IDS = (MEDIAN, MEAN, SHARE, RECEIVED, FINISHED, OPEN, CHARGE)


@dataclass(frozen=True)
class Place:
    """One region or nation in the table: its median, mean and share of old cases; None where not held."""

    name: str
    median: MeasureSeries | None
    mean: MeasureSeries | None
    share: MeasureSeries | None


@dataclass(frozen=True)
class JusticeShown:
    """Series by measure id for London and for England and Wales, courts, regions, and verdicts by (measure, area)."""

    london: dict[str, MeasureSeries]
    nation: dict[str, MeasureSeries]
    courts: tuple[tuple[str, MeasureSeries], ...]
    places: tuple[Place, ...]

    def verdict(self, measure: str, area: str = LONDON) -> Verdict | None:
        """What may be concluded, where it was judged."""
        return queries.verdict(measure, area)

    @property
    def every_series(self) -> tuple[MeasureSeries, ...]:
        """All that the page tells of."""
        regions = [s for p in self.places for s in (p.median, p.mean, p.share) if s is not None]
        return (*self.london.values(), *self.nation.values(), *(s for _, s in self.courts), *regions)


def justice_shown() -> JusticeShown:
    """Everything the page tells.

    Raises:
        LookupError: no time from offence to completion is held for London.
    """
    london = {s.measure.id: s for s in queries.area_series(LONDON, LONDON_IDS)}
    nation = {s.measure.id: s for s in queries.area_series(ENGLAND_AND_WALES, NATION_IDS)}
    for needed in (MEDIAN, MEAN):
        queries.measure_series(needed, LONDON)
    return JusticeShown(london, nation, queries.breakdown_series(BY_COURT, LONDON), _places())


def _places() -> tuple[Place, ...]:
    """England and Wales, London, then the other regions and Wales, A to Z."""
    found: dict[str, dict[str, MeasureSeries]] = {}
    names: dict[str, str] = {}
    for measure in (MEDIAN, MEAN, SHARE):
        for kind in ("nation", "force", "region"):
            for series in queries.measure_by_area(measure, kind):
                found.setdefault(series.area.code, {})[measure] = series
                names[series.area.code] = series.area.name
    first = [code for code in (ENGLAND_AND_WALES, LONDON) if code in found]
    rest = sorted((code for code in found if code not in first), key=lambda code: names[code])
    return tuple(Place(names[c], found[c].get(MEDIAN), found[c].get(MEAN), found[c].get(SHARE)) for c in (*first, *rest))
