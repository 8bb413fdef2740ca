"""London beside the other court regions, as a table."""

from collections.abc import Sequence

from dashboard.features.justice.view_model import (
    Region,
)
from dashboard.figures.compare import at
from dashboard.figures.records import MeasureSeries
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.table import Cell, Column, Group, data_table
from etl.core.period import year_before


def regions_table(regions: Sequence[Region]) -> Element:
    """A row a region: median, mean and the share of open cases that are old, newest quarter and a year before."""
    last = max((p.period for region in regions if region.median for p in region.median.known), default="")
    if not last:
        return html.P("No region’s figure is held.")
    quarter_before, newest_quarter = year_before(last).replace("-", " "), last.replace("-", " ")
    columns = (
        Column("Place"),
        Column(f"Median, {quarter_before}", is_number=True),
        Column(f"Median, {newest_quarter}", is_number=True),
        Column(f"Mean, {quarter_before}", is_number=True),
        Column(f"Mean, {newest_quarter}", is_number=True),
        Column(f"Open a year, {newest_quarter}", is_number=True),
    )
    rows = [_region(region, last) for region in regions]
    groups = [Group(rows[:1], is_total=True), *(Group([row]) for row in rows[1:])]
    return data_table(columns, groups, label="London beside other court regions", stack=True)


def _region(region: Region, last: str) -> list[Cell]:
    before = year_before(last)
    return [
        region.name,
        _cell(region.median, before),
        _cell(region.median, last),
        _cell(region.mean, before),
        _cell(region.mean, last),
        _cell(region.share, last),
    ]


def _cell(series: MeasureSeries | None, quarter: str) -> str:
    return value_cell(series, at(series, quarter)) if series else "not held"
