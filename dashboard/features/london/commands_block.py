"""Each command beside its boroughs, and whether its figure hides one that worsened."""

from collections.abc import Sequence

from dashboard.features.london.named_mark import named_mark
from dashboard.figures import queries
from dashboard.figures.boroughs_compared import (
    Command,
    LondonFigures,
    Worsening,
    hidden_by_commands,
    worse_and_worsening,
)
from dashboard.figures.records import Area, Measure, MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import OPERATIONAL_CHANGES, measure_address, place_address
from dashboard.ui.html import Element
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words.london import command_sentence, hidden_sentence, worsening_sentence
from etl.core.state import State
from etl.core.written import count_word

HiddenBorough = tuple[Command, Measure, Area, MeasureSeries, Verdict]


def commands_table(commands: Sequence[Command], measure: Measure) -> Element:
    """A row a command, A to Z: its verdict, those of its boroughs, and what the one says of the others."""
    sentences = [command_sentence(c.verdict, [(area.name, v) for area, v in c.members]) for c in commands]
    # What is the same of all twelve is said once.
    is_same_for_all = len(set(sentences)) == 1
    columns = (
        Column("Command"),
        Column("As a whole"),
        Column("Its boroughs"),
        *(() if is_same_for_all else (Column("In words"),)),
    )
    rows = [
        (
            html.A(c.area.name, href=place_address(c.area.code)),
            mark_of(c.verdict) if c.verdict else "not judged",
            html.Div(
                [named_mark(v.state if v else None, area.name, place_address(area.code)) for area, v in c.members],
                className="baskets side",
            ),
            *(() if is_same_for_all else (words,)),
        )
        for c, words in zip(commands, sentences, strict=True)
    ]
    table = data_table(columns, rows, caption=f"{measure.title}: commands and their boroughs", stack=True)
    return (
        html.Div([html.P(f"The same holds for all {len(commands)} commands. {sentences[0]}"), table], className="flow-s")
        if is_same_for_all
        else table
    )


def hidden_list(hidden: Sequence[HiddenBorough]) -> Element:
    """In words: each borough that is worse in a measure while its command is not."""
    if not hidden:
        return html.P("No borough is worse in any measure while its command is not.")
    return html.Ul(
        [
            html.Li(
                [
                    html.Strong(
                        [
                            html.A(area.name, href=place_address(area.code)),
                            ", ",
                            html.A(measure.title, href=measure_address(measure.base)),
                        ]
                    ),
                    f". {hidden_sentence(series, verdict, command.area.name, _state(command))}",
                ]
            )
            for command, measure, area, series, verdict in hidden
        ],
        className="list",
    )


def worsening_list(worsenings: Sequence[tuple[Worsening, MeasureSeries]]) -> Element:
    """In words: each borough above the rest of London where the measure is worse than expected too."""
    if not worsenings:
        return html.P("None: no borough is both worse than expected and clearly higher than the rest of London in any measure.")
    return html.Ul(
        [
            html.Li(
                [
                    html.Strong(
                        [
                            html.A(w.area.name, href=place_address(w.area.code)),
                            ", ",
                            html.A(w.measure.title, href=measure_address(w.measure.base)),
                        ]
                    ),
                    f". {_worsening(w, series)}",
                ]
            )
            for w, series in worsenings
        ],
        className="list",
    )


def _worsening(worsening: Worsening, series: MeasureSeries) -> str:
    rates = worsening.compared.comparison
    return worsening_sentence(series, worsening.verdict, rates.rate, rates.rest_rate, (rates.ratio_lower, rates.ratio_upper))


def _state(command: Command) -> State | None:
    return command.verdict.state if command.verdict else None


def commands_section(figures: LondonFigures) -> Element:
    """Each command beside its boroughs, and what the sum hides."""
    hidden = hidden_by_commands()
    hidden_series = [(c, m, a, queries.measure_series(m.id, a.code), v) for c, m, a, v in hidden]
    return section(
        "commands",
        "Commands and what their averages hide",
        [
            commands_table(figures.commands, figures.measure),
            html.H3("Over all measures: worse in a borough, not in its command", className="gap"),
            hidden_list(hidden_series),
            html.P(source_line(figures.series), className="source"),
            html.P(html.A("What followed when boroughs’ police were merged into commands", href=OPERATIONAL_CHANGES)),
        ],
        say="A command adds up two to four boroughs. A borough that worsens can be lost in the sum.",
    )


def worsening_section(source: Element) -> Element:
    """Boroughs both higher than the rest of London and worse than expected, and the sources of the page."""
    worsenings = [(w, queries.measure_series(w.measure.id, w.area.code)) for w in worse_and_worsening()]
    count_words = f"{count_word(len(worsenings))} borough series".capitalize()
    return section(
        "worsening",
        "Higher than the rest of London, and worse than expected",
        [worsening_list(worsenings), source],
        say=f"{count_words} of all measures, strongest evidence first." if worsenings else None,
    )
