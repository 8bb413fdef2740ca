"""What to ask about: where something changed, as a picture of every verdict and as a list with the strongest evidence first."""

from collections.abc import Mapping, Sequence

from dashboard.charts.dot_matrix import WIDTHS, MatrixRow, dot_matrix_set
from dashboard.charts.ratio_bar import ratio_bar, ratio_bar_head
from dashboard.figures.explanations import explained_by
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
from dashboard.words.moves import is_up
from dashboard.words.summary import other_months, since_words, usual_window
from etl.core.state import State
from etl.core.written import count_word, months, rounded, span

STATE_GROUPS = (
    (State.WORSE, "Worse"),
    (State.BETTER, "Better"),
    (State.CHANGED, "Changed, direction not judged"),
    (State.APART, "Apart from London"),
    (State.LEANING, "Leaning, not proven"),
    (State.PROVISIONAL, "Leaning on the newest month alone"),
)
FIRST_ROWS = 8
"""Rows of one group in the first table; the rest stand closed under it."""
EVERY_VERDICT = "/london#heat"


def matrix_section(
    verdicts: Sequence[Verdict], measures: Sequence[Measure], boroughs: Sequence[Area], source: list[str | Element]
) -> Element:
    """Every verdict of the list in one picture: a row a measure, a mark a borough, quiet where nothing changed."""
    state_by_pair = {(v.measure, v.area): v.state for v in verdicts}
    names = {b.code: b.name for b in boroughs}
    rose = {m.id: frozenset(names[v.area] for v in verdicts if v.measure == m.id and is_up(v)) for m in measures}
    places = [b for b in boroughs if any((m.id, b.code) in state_by_pair for m in measures)]
    rows = [
        MatrixRow(m.title, tuple((b.name, state_by_pair.get((m.id, b.code), State.NO_CHANGE)) for b in places), rose[m.id])
        for m in measures
    ]
    window = usual_window(verdicts)
    months_judged = f"{months(*window)} beside what was expected, for the time of year." if window else ""
    return figure(
        f"Where something changed: {count_word(len(rows))} measures in {len(places)} boroughs",
        f"{months_judged} A small dot: no clear change, or moved as expected.",
        _counts_table(verdicts, measures),
        drawn(dot_matrix_set(rows), WIDTHS),
        source,
        level=2,
        large=True,
    )


def changed_series_section(verdicts: Sequence[Verdict], measures: Mapping[str, Measure], areas: Mapping[str, Area]) -> Element:
    """The changed series in groups, strongest evidence first, each with what came, what was expected and since when."""
    usual_months, explained = usual_window(verdicts), explained_by(verdicts)
    first_groups, further_groups, further_count = [], [], 0
    for state, words in STATE_GROUPS:
        state_verdicts = sorted(
            (v for v in verdicts if v.state == state), key=lambda v: (-(v.probability or 0.0), v.measure, v.area)
        )
        rows = [_row(v, measures, areas, usual_months, explained_link(v, explained)) for v in state_verdicts]
        if rows:
            strongest_note = f" (the {count_word(FIRST_ROWS)} strongest; the others follow)" if len(rows) > FIRST_ROWS else ""
            first_groups.append(Group(rows[:FIRST_ROWS], f"{words}: {len(rows)}{strongest_note}"))
        if len(rows) > FIRST_ROWS:
            further_groups.append(Group(rows[FIRST_ROWS:], f"{words}: the other {count_word(len(rows) - FIRST_ROWS)}"))
            further_count += len(rows) - FIRST_ROWS
    if not first_groups:
        return section("ask", "What to ask about", [html.P("No crime has moved clearly in any borough.")])
    columns = (
        Column("Borough"),
        Column("Measure"),
        Column("Recorded", is_number=True),
        Column("Expected", is_number=True),
        Column("Beside what was expected", scale=Raw(ratio_bar_head())),
        Column("Since"),
    )
    further_title = f"The other {count_word(further_count)} series"
    return section(
        "ask",
        "What to ask about",
        [
            data_table(
                columns, first_groups, caption="Series that moved or lean, the surest first in each group", stack=True, brief=True
            ),
            *(
                [
                    closed(
                        data_table(columns, further_groups, caption=further_title, stack=True, brief=True),
                        further_title,
                        is_printed=True,
                    )
                ]
                if further_groups
                else []
            ),
            links([("Every verdict in every borough", EVERY_VERDICT)]),
        ],
        say="The surest first in each group. The pale band is what was expected, the shape what came; one scale for all. "
        + explained_words(verdicts),
    )


def _row(
    verdict: Verdict,
    measures: Mapping[str, Measure],
    areas: Mapping[str, Area],
    usual_months: tuple[str, str] | None,
    explained: list[str | Element],
) -> list[Cell]:
    definition, area = measures[verdict.measure], areas[verdict.area]
    observed, lower, upper = verdict.observed, verdict.expected_lower, verdict.expected_upper
    expected = "" if lower is None or upper is None else span(rounded(lower), rounded(upper))
    return [
        html.A(verdict_mark(verdict.state, word=area.name), href=place_address(area.code)),
        [html.A(definition.title, href=measure_address(definition.base)), *explained],
        "" if observed is None else f"{rounded(observed)}{other_months(verdict, usual_months)}",
        expected,
        Raw(ratio_bar(verdict)),
        since_words(verdict),
    ]


def _counts_table(verdicts: Sequence[Verdict], measures: Sequence[Measure]) -> Element:
    states = (*(words for _, words in STATE_GROUPS), "No change or not judged")
    columns = (Column("Measure"), *(Column(words, is_number=True) for words in states))
    rows: list[list[Cell]] = []
    for measure in measures:
        letters = [v.state for v in verdicts if v.measure == measure.id]
        counted = [letters.count(letter) for letter, _ in STATE_GROUPS]
        rows.append([measure.title, *(str(n) for n in counted), str(len(letters) - sum(counted))])
    return data_table(columns, rows, caption="Boroughs by verdict", stack=True)
