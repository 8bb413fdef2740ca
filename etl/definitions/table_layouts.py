"""How a source lays out its tables, where YAML can say it: one row a year and area, one column a month, one row a record."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Layout(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    comes_out_months_after: int
    """Months from the end of the last period to publication, where the file does not say."""


class YearTable(_Layout):
    """One row for each item, year and area, the figure in a column of its own."""

    a_row_is: Literal["item, year and area"]
    item: str
    """Label of the column that says what the figure is; `year`, `area` and `figure` are labels likewise."""
    year: str
    area: str
    figure: str
    series: dict[str, str]
    """What stands under `item` to the series it is; other items are left out."""
    in_percent: frozenset[str] = frozenset()
    """Series written as 28.7 where 0.287 is meant."""
    left_out_areas: dict[str, str] = Field(default_factory=dict)
    """Rows of areas that are not taken, with why."""

    @model_validator(mode="after")
    def _names_only_its_own_series(self) -> Self:
        strangers = sorted(self.in_percent - set(self.series.values()))
        if strangers:
            raise ValueError(f"in_percent: no item is {', '.join(strangers)}")
        return self


class MonthColumns(_Layout):
    """One row for each area and category and one column a month: a complete grid, noughts written out."""

    a_row_is: Literal["area and category"]
    area: str
    """Label of the column of areas; `group` and `category` are labels likewise. There is no other column but months."""
    group: str
    category: str
    counts: str
    """What the figures count, before the name of each group in its series: one file counts offences, another detections."""
    average_figure: tuple[float, float]
    """Between what the average figure of such a file lies: what tells files of one layout apart that count other things."""


class Box(BaseModel):
    """Where the events lie: labels of the columns of coordinates, and between what degrees."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    latitude: str
    longitude: str
    south: float
    north: float
    west: float
    east: float


class RecordTable(_Layout):
    """One row an event of one month, counted."""

    a_row_is: Literal["record"]
    series: str
    """What one record is."""
    columns: list[str]
    """Labels every such file has, by which it is known."""
    when: str
    """Label of the column of dates and times."""
    times_are: Literal["UTC", "London"]
    """UTC: a month of British summer time starts at 23:00 the day before."""
    area: str | None = None
    """Label of the column of boroughs; None where there is none, and London alone is counted."""
    within: Box | None = None


Layout = YearTable | MonthColumns | RecordTable
