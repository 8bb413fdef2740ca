"""What to ask about: where something changed, as a picture of every verdict and as a list with the strongest evidence first."""

from collections.abc import Mapping, Sequence

from dashboard.charts.dot_matrix import WIDTHS, MatrixRow, dot_matrix_set
from dashboard.charts.ratio_bar import ratio_bar, ratio_bar_head
from dashboard.figures.explained import explained_by
from dashboard.figures.records import Area, Measure, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.explanations import explained_link, explained_words
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.raw import Raw
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, Group, closed, data_table
from dashboard.ui.verdict import verdict_mark
from dashboard.words.summary import other_months, since_words, usual_window
from etl.core.written import count_word, months, rounded, span

HEADS = (("W", "Worse"), ("B", "Better"), ("C", "Changed, direction not judged"), ("P", "Rests on the newest month alone"))
MOST_SHOWN = 8
"""Rows of one group in the first table; the rest stand closed under it."""
WHERE_ALL_ARE = "/london#heat"


def matrix_section(
    verdicts: Sequence[Verdict], measures: Sequence[Measure], boroughs: Sequence[Area], source: list[str | Element]
) -> Element:
    """Every verdict of the list in one picture: a row a measure, a mark a borough, quiet where nothing changed."""
    found = {(v.measure, v.area): v.state for v in verdicts}
    places = [b for b in boroughs if any((m.id, b.code) in found for m in measures)]
    rows = [MatrixRow(m.title, tuple((b.name, found.get((m.id, b.code), "N")) for b in places)) for m in measures]
    window = usual_window(verdicts)
    when = f"{months(*window)} against the range expected from the months before, for the time of year." if window else ""
    return figure(
        f"Where something changed: {count_word(len(rows))} measures in {len(places)} boroughs",
        f"{when} A small dot: no significant change.",
        _counts_table(verdicts, measures),
        drawn(dot_matrix_set(rows), WIDTHS),
        source,
        level=2,
        large=True,
    )


def exceptions_section(verdicts: Sequence[Verdict], measures: Mapping[str, Measure], areas: Mapping[str, Area]) -> Element:
    """The changed series in groups, strongest evidence first, each with what came, what was expected and since when."""
    usual, explained = usual_window(verdicts), explained_by(verdicts)
    first, rest, left = [], [], 0
    for state, words in HEADS:
        of_state = sorted((v for v in verdicts if v.state == state), key=lambda v: v.q_value if v.q_value is not None else 1.0)
        rows = [_row(v, measures, areas, usual, explained_link(v, explained)) for v in of_state]
        if rows:
            strongest = f" (the {count_word(MOST_SHOWN)} strongest; the others follow)" if len(rows) > MOST_SHOWN else ""
            first.append(Group(rows[:MOST_SHOWN], f"{words}: {len(rows)}{strongest}"))
        if len(rows) > MOST_SHOWN:
            rest.append(Group(rows[MOST_SHOWN:], f"{words}: the other {count_word(len(rows) - MOST_SHOWN)}"))
            left += len(rows) - MOST_SHOWN
    if not first:
        return section("ask", "What to ask about", [html.P("Nothing has changed by more than chance.")])
    columns = (
        Column("Borough"),
        Column("Measure"),
        Column("Recorded", is_number=True),
        Column("Expected", is_number=True),
        Column("Beside what was expected", scale=Raw(ratio_bar_head())),
        Column("Since"),
    )
    others = f"The other {count_word(left)} changed series"
    return section(
        "ask",
        "What to ask about",
        [
            data_table(columns, first, caption="Changed series, strongest evidence first in each group", stack=True, brief=True),
            *(
                [closed(data_table(columns, rest, caption=others, stack=True, brief=True), others, is_printed=True)]
                if rest
                else []
            ),
            links([("Every verdict in every borough", WHERE_ALL_ARE)]),
        ],
        say="Strongest evidence first in each group. The pale band is what was expected, the shape what came; one scale for all. "
        + explained_words(verdicts),
    )


def _row(
    verdict: Verdict,
    measures: Mapping[str, Measure],
    areas: Mapping[str, Area],
    usual: tuple[str, str] | None,
    explained: list[str | Element],
) -> list[Cell]:
    definition, area = measures[verdict.measure], areas[verdict.area]
    observed, lower, upper = verdict.observed, verdict.expected_lower, verdict.expected_upper
    expected = "" if lower is None or upper is None else span(rounded(lower), rounded(upper))
    return [
        html.A(verdict_mark(verdict.state, word=area.name), href=place_address(area.code)),
        [html.A(definition.title, href=measure_address(definition.base)), *explained],
        "" if observed is None else f"{rounded(observed)}{other_months(verdict, usual)}",
        expected,
        Raw(ratio_bar(verdict)),
        since_words(verdict),
    ]


def _counts_table(verdicts: Sequence[Verdict], measures: Sequence[Measure]) -> Element:
    states = (*(words for _, words in HEADS), "No change or not judged")
    columns = (Column("Measure"), *(Column(words, is_number=True) for words in states))
    rows: list[list[Cell]] = []
    for measure in measures:
        letters = [v.state for v in verdicts if v.measure == measure.id]
        counted = [letters.count(letter) for letter, _ in HEADS]
        rows.append([measure.title, *(str(n) for n in counted), str(len(letters) - sum(counted))])
    return data_table(columns, rows, caption="Boroughs by verdict", stack=True)
