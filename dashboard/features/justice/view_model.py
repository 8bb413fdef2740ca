"""What the Justice page shows: London and England and Wales side by side, courts, regions, and what was said years ago."""

from dataclasses import dataclass

from dashboard.figures import queries
from dashboard.figures.records import MeasureSeries, Verdict
from etl.core.areas import ENGLAND_AND_WALES, LONDON

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
class Region:
    """One region or nation in the table: its median, mean and share of old cases; None where not held."""

    name: str
    median: MeasureSeries | None
    mean: MeasureSeries | None
    share: MeasureSeries | None


@dataclass(frozen=True)
class JusticeFigures:
    """Series by measure id for London and for England and Wales, courts, regions, and verdicts by (measure, area)."""

    london: dict[str, MeasureSeries]
    nation: dict[str, MeasureSeries]
    courts: tuple[tuple[str, MeasureSeries], ...]
    regions: tuple[Region, ...]

    def verdict(self, measure: str, area: str = LONDON) -> Verdict | None:
        """What may be concluded, where it was judged."""
        return queries.verdict(measure, area)

    @property
    def every_series(self) -> tuple[MeasureSeries, ...]:
        """All that the page tells of."""
        regions = [s for p in self.regions for s in (p.median, p.mean, p.share) if s is not None]
        return (*self.london.values(), *self.nation.values(), *(s for _, s in self.courts), *regions)


def justice_figures() -> JusticeFigures:
    """Everything the page tells.

    Raises:
        LookupError: no time from offence to completion is held for London.
    """
    london = {s.measure.id: s for s in queries.area_series(LONDON, LONDON_IDS)}
    nation = {s.measure.id: s for s in queries.area_series(ENGLAND_AND_WALES, NATION_IDS)}
    for measure_id in (MEDIAN, MEAN):
        queries.measure_series(measure_id, LONDON)
    return JusticeFigures(london, nation, queries.breakdown_series(BY_COURT, LONDON), _regions())


def _regions() -> tuple[Region, ...]:
    """England and Wales, London, then the other regions and Wales, A to Z."""
    series_by_area: dict[str, dict[str, MeasureSeries]] = {}
    names: dict[str, str] = {}
    for measure in (MEDIAN, MEAN, SHARE):
        for kind in ("nation", "force", "region"):
            for series in queries.measure_by_area(measure, kind):
                series_by_area.setdefault(series.area.code, {})[measure] = series
                names[series.area.code] = series.area.name
    first_codes = [code for code in (ENGLAND_AND_WALES, LONDON) if code in series_by_area]
    other_codes = sorted((code for code in series_by_area if code not in first_codes), key=lambda code: names[code])
    return tuple(
        Region(names[c], series_by_area[c].get(MEDIAN), series_by_area[c].get(MEAN), series_by_area[c].get(SHARE))
        for c in (*first_codes, *other_codes)
    )
