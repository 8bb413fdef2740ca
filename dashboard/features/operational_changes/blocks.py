"""Operational changes as tables, a chart and a list."""

from collections.abc import Sequence

from dashboard.charts.forest import WIDTHS, ForestGroup, ForestRow, forest_set
from dashboard.features.operational_changes import words as words
from dashboard.figures import queries
from dashboard.figures.effects import OperationalEffect
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, Group, closed, data_table
from etl.core.reason_words import in_sentences
from etl.core.state import State
from etl.core.written import number
from etl.definitions.operational_changes import OperationalChange

Effects = Sequence[OperationalEffect]


def changes_table(changes: Sequence[OperationalChange]) -> Element:
    """What was done, when, and where that was read."""
    columns = (Column("What was done"), Column("When, as far as it is known"), Column("Where it was read"))
    rows: list[list[Cell]] = [
        [
            change.what,
            change.known,
            [html.A(change.source, href=change.url), ": ", html.Q(change.quotation)],
        ]
        for change in changes
    ]
    return data_table(columns, rows, caption="Mergers of boroughs into commands, with their sources", stack=True)


def effects_table(effects: Effects, name: str) -> Element:
    """Each command, then its boroughs: what came, what was expected, the change and what may be said."""
    columns = (
        Column("Place"),
        Column("What can be said"),
        Column("Recorded after", is_number=True, is_short=True),
        Column("Expected", is_number=True, is_short=True),
        Column("Change (95% limits)"),
        Column("Beside"),
    )
    groups = [
        Group([_effect_row(effect) for effect in effects if effect.change_id == change], _command_name(change, effects))
        for change in dict.fromkeys(effect.change_id for effect in effects)
    ]
    return data_table(columns, groups, label=f"{name} after each merger, command by command and borough by borough", stack=True)


def effects_chart(effects: Effects, name: str) -> Element:
    """Every command and borough on one scale of ratios."""
    groups = [
        ForestGroup(
            _command_name(change, effects),
            tuple(_forest_row(effect) for effect in effects if effect.change_id == change),
        )
        for change in dict.fromkeys(effect.change_id for effect in effects)
    ]
    table = data_table(
        (Column("Place"), Column("Change (95% limits)")),
        [[_name(e), words.change_words(e)] for e in effects],
        label="The same as a table",
    )
    return figure(
        f"{name}: what came over what similar boroughs led one to expect",
        "Recorded after over expected, with 95% limits. A filled shape: outside what such places do by themselves.",
        table,
        drawn(forest_set(groups), WIDTHS),
        words.NOT_PROOF,
        large=True,
    )


def other_explanations(effects: Effects, name: str) -> Element:
    """Each command: whether it moved next door, what its starting point alone gives, and what its own months say."""
    columns = (
        Column("Command"),
        Column("Here and next door together"),
        Column("Its starting point"),
        Column("Its own months alone, with trend and season"),
    )
    rows: list[list[Cell]] = [
        [_name(e), words.together_words(e), words.anyway_words(e), words.step_words(e)] for e in effects if _is_command(e)
    ]
    return data_table(columns, rows, label=f"{name}: displacement, starting point and own months", stack=True)


def every_measure(effects: Effects, names: dict[str, str]) -> Element:
    """Commands by measures, a word in each cell; closed until asked for."""
    commands = [e for e in effects if _is_command(e)]
    columns = (Column("Command"), *(Column(name) for name in names.values()))
    by_place = {(e.area, e.measure): e for e in commands}
    rows: list[list[Cell]] = [
        [
            queries.area(place).name,
            *(words.SHORT[by_place[place, m].outcome] if (place, m) in by_place else "–" for m in names),
        ]
        for place in dict.fromkeys(e.area for e in commands)
    ]
    return closed(
        data_table(columns, rows, label="What followed each merger, by command and crime", stack=True),
        "Every command and crime in one table",
        is_printed=True,
    )


def not_told() -> Element:
    """What these figures cannot show, and why."""
    return html.Dl(
        [part for what, why in words.CANNOT_BE_TOLD for part in (html.Dt(what), html.Dd(why))], className="pairs stacked"
    )


def why_of(effects: Effects) -> Element:
    """The reason behind each row, closed."""
    rows: list[list[Cell]] = [[_name(e), in_sentences(e.reasons)] for e in effects]
    table = data_table((Column("Place"), Column("Why")), rows, label="Why each row says what it says", stack=True)
    return closed(table, "Why each row says what it says")


def _effect_row(effect: OperationalEffect) -> list[Cell]:
    compared = len(effect.compared_with)
    link: Cell = _name(effect) if _is_command(effect) else html.A(_name(effect), href=place_address(effect.area))
    return [
        link,
        words.OUTCOMES[effect.outcome],
        "–" if effect.observed is None else number(effect.observed),
        "–" if effect.expected is None else number(effect.expected),
        words.change_words(effect),
        f"{compared} boroughs" if compared else "–",
    ]


def _forest_row(effect: OperationalEffect) -> ForestRow:
    if effect.change is None or effect.change_lower is None or effect.change_upper is None:
        return ForestRow(_name(effect), None, None, None, State.TOO_EARLY, words.OUTCOMES[effect.outcome])
    ratios = (1 + effect.change, 1 + effect.change_lower, 1 + effect.change_upper)
    state = State.CHANGED if effect.is_clear else State.NO_CHANGE
    return ForestRow(_name(effect), *ratios, state, words.OUTCOMES[effect.outcome])


def _name(effect: OperationalEffect) -> str:
    name = queries.area(effect.area).name
    return f"{name}, together" if _is_command(effect) else name


def _is_command(effect: OperationalEffect) -> bool:
    return queries.area(effect.area).kind == "bcu"


def _command_name(change: str, effects: Effects) -> str:
    return next((queries.area(e.area).name for e in effects if e.change_id == change and _is_command(e)), change)
