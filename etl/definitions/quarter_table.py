"""How a source lays out a table of one row a quarter, or a quarter and region: which columns are which series."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class QuarterTable(BaseModel):
    """The layout of one form, as it stands under `table:` in source.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str]
    """Column label to the series it holds."""
    a_row_is: Literal["quarter", "quarter and region"]
    cases: frozenset[str] = frozenset()
    """Series that count cases: whole numbers, and the regions add up to no more than the nation."""
    below_nought: frozenset[str] = frozenset()
    """Series that may be below nought."""
    shares: dict[str, tuple[str, str]] = Field(default_factory=dict)
    """Share to (part, whole): from 0 to 1, and equal to the part over the whole."""
    differences: dict[str, tuple[str, str]] = Field(default_factory=dict)
    """Difference to (more, less)."""

    @property
    def by_region(self) -> bool:
        """Whether each region has a row of its own."""
        return self.a_row_is == "quarter and region"

    @model_validator(mode="after")
    def _names_only_its_own_series(self) -> Self:
        strangers = sorted(set(self._named()) - set(self.columns.values()))
        if strangers:
            raise ValueError(f"no column holds {', '.join(strangers)}")
        return self

    def _named(self) -> Iterator[str]:
        yield from (*self.cases, *self.below_nought)
        for rules in (self.shares, self.differences):
            for series, sides in rules.items():
                yield from (series, *sides)
