"""Made-up dates: how often "Did it work?" finds an effect where nothing was done, in a few rows, then by measure."""

from collections.abc import Sequence

from dashboard.figures import queries
from dashboard.figures.effects import PlaceboShare
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, closed, data_table
from etl.core.written import number, percent
from etl.definitions import catalogue

PLACES = {"borough": "Boroughs", "bcu": "Commands", "both": "Boroughs and commands"}
ALL = "all"


def placebo_sentence(shares: Sequence[PlaceboShare]) -> str:
    """The share over every later date of the whole question, against what is promised."""
    whole_share = next((s for s in shares if s.kind == "both" and s.excluded is not None), None)
    if whole_share is None or whole_share.excluded is None:
        return ""
    share = percent(whole_share.excluded, 1)
    return f"On {number(whole_share.windows)} made-up dates since 2022 it found something in {share}; 3 to 7% is aimed at."


def placebo_block(shares: Sequence[PlaceboShare]) -> list[Element]:
    """By how it was tested, kind of place and months after; then by measure, closed."""
    columns = (
        Column("Tested"), Column("Places"), Column("Months after", is_number=True), Column("Made-up dates", is_number=True),
        Column("Found something", is_number=True), Column("Within 3 to 7%"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            s.figure.capitalize(), PLACES.get(s.kind, s.kind), str(s.months) if s.months else "3 to 12", number(s.windows),
            percent(s.excluded, 1) if s.excluded is not None else "not measured", "yes" if s.is_met else "no",
        ]
        for s in shares
        if s.group == ALL
    ]  # fmt: skip
    by_measure: list[list[Cell]] = [
        [_title_of(s.group), s.figure, number(s.windows), percent(s.excluded, 1) if s.excluded is not None else "not measured"]
        for s in shares
        if s.group != ALL
    ]
    heads = (
        Column("Measure"),
        Column("Tested"),
        Column("Made-up dates", is_number=True),
        Column("Found something", is_number=True),
    )
    return [
        data_table(columns, rows, label="Made-up dates at which an effect was found", stack=True),
        closed(data_table(heads, by_measure, label="Made-up dates in boroughs, every measure"), "Made-up dates, every measure"),
    ]


def _title_of(group: str) -> str:
    """The measure's title; rows pooled over measures are named as the table names them."""
    return queries.measure(group).title if group in catalogue.measures() else group.capitalize()
