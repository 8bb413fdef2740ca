"""What each measure would do by itself in a year: what is high goes back, chosen or not."""

from dashboard.figures.effects import YearByItself, by_itself
from dashboard.figures.evidence import Candidate
from dashboard.figures.records import Area
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.register_marks import measure_link
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, data_table
from etl.core.effect_words import between_words, size_words
from etl.core.written import percent

SAY = (
    "What is chosen because it is high mostly goes back by itself. A fall no larger than this is no sign that a choice worked. "
    "It is told from what all boroughs did in the year before."
)
NOT_TOLD = "Four years of months counted alike are needed in this borough and in eight others."


def by_itself_section(area: Area, candidates: tuple[Candidate, ...]) -> Element:
    """One row a measure that can be told: where its share of London stands, and what that alone gives in a year."""
    years = by_itself(area.code)
    known = [(c, years[c.measure.id]) for c in candidates if c.measure.id in years]
    if not known:
        return section("by-itself", "What would happen by itself", [empty("It cannot be told.", NOT_TOLD)])
    rows: list[list[Cell]] = [[measure_link(c.measure.id), _start(one), _change(one)] for c, one in known]
    columns = (Column("Measure"), Column("Its share of London now"), Column("That alone would give in a year (95% limits)"))
    table = data_table(columns, rows, caption="What each measure would do with nothing chosen", stack=True)
    return section("by-itself", "What would happen by itself", [table], say=SAY)


def _start(one: YearByItself) -> str:
    return f"{percent(abs(one.start))} {'above' if one.start >= 0 else 'below'} its two years before"


def _change(one: YearByItself) -> str:
    return f"{size_words(one.change)} ({between_words(one.lower, one.upper)})"
