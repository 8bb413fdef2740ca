"""The interval of each surveyed share, put to the figures where they are read: no page can show one without it."""

from dataclasses import replace

from dashboard.figures.records import MeasureSeries
from etl.definitions.survey_limits import is_surveyed, survey_limits


def with_intervals(series: MeasureSeries) -> MeasureSeries:
    """The series; a survey's with the 95% limits of each share. Published limits are kept."""
    if not is_surveyed(series.measure):
        return series
    worked_out = survey_limits([p.value for p in series.points], series.area.kind, len(series.area.members) or 1)
    points = tuple(
        replace(p, lower=limits[0], upper=limits[1]) if limits and p.lower is None else p
        for p, limits in zip(series.points, worked_out, strict=True)
    )
    return replace(series, points=points)
