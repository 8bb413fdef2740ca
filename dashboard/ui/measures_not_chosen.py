"""What nobody chose, in the same words and on the same page, and the notice due when one thing improves and another worsens.

Nothing here takes an option: no address, filter or setting can leave a measure out.
"""

from collections.abc import Sequence

from dashboard.charts.forest import WIDTHS, ForestGroup, ForestRow, forest_set
from dashboard.figures import queries
from dashboard.figures.choices import Balance, PlaceChoices
from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.register.measures import candidates
from dashboard.register.records import EXAMPLE
from dashboard.ui import html
from dashboard.ui.addresses import evidence_address, place_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import notice, tag
from dashboard.ui.passport import source_line
from dashboard.ui.register_marks import measure_link, titles
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import mark_of, verdict_mark
from dashboard.words.priorities import balance_sentence
from dashboard.words.summary import other_months, usual_window
from dashboard.words.verdicts import verdict_sentence, verdict_word
from etl.core.state import CHANGES, JUDGED, LEANS, MOVED, QUIET, WORST_FIRST, State
from etl.core.written import count_word, listed, months, number, percent, span

TWICE = 2
CANNOT_BE_HIDDEN = "No choice on this page can hide this section."
GROUP_HEADINGS = {"chosen": "Chosen", "harm": "Not chosen, high harm", "volume": "Not chosen, volume"}


def balance_notice(balance: Balance, *, names_place: bool = False) -> Element:
    """A choice improved while something else worsened."""
    sentence = balance_sentence(
        *(titles([v.measure for v in side]) for side in (balance.improved, balance.worsened, balance.risen))
    )
    content: list[str | Element] = [sentence, " "]
    if balance.is_example:
        content.append(tag(EXAMPLE, is_example=True))
    place_link: list[str | Element] = (
        [html.A(balance.area.name, href=place_address(balance.area.code)), ". "] if names_place else []
    )
    return notice("break", "Harm balance.", [*place_link, *content])


def not_chosen_section(place: PlaceChoices, *, anchor: str = "not-chosen") -> Element:
    """Every measure the borough could have chosen and did not, judged in the same words as those it chose."""
    groups = chosen_and_not_chosen(place)
    not_chosen = [m for name, ids in groups if name != GROUP_HEADINGS["chosen"] for m in ids]
    verdicts = place.judged.verdicts
    series_by_id = {s.measure.id: s for s in queries.area_series(place.area.code, tuple(m for _, ids in groups for m in ids))}
    changed_measures = [m for m in not_chosen if (v := verdicts.get(m)) and v.state in MOVED]
    content: list[Element] = [
        *([balance_notice(place.balance)] if place.balance else []),
        *_changed(changed_measures, place, series_by_id),
        _forest(place, groups, series_by_id),
        links([(f"Evidence sheet for {place.area.name}’s next choice", evidence_address(place.area.code))]),
    ]
    return section(anchor, f"What {place.area.name} did not choose", content, say=_say(place, not_chosen))


def chosen_and_not_chosen(place: PlaceChoices) -> list[tuple[str, tuple[str, ...]]]:
    """(heading, measures): chosen, then those not chosen by harm and volume, in the register's order."""
    eligible = candidates()
    not_chosen = [n.measure_id for n in place.not_chosen]
    chosen = tuple(dict.fromkeys(c.record.measure_id for c in place.choices if c.record.measure_id and c.series))
    return [
        (GROUP_HEADINGS["chosen"], chosen),
        (GROUP_HEADINGS["harm"], tuple(m for m in not_chosen if m in eligible.harm)),
        (GROUP_HEADINGS["volume"], tuple(m for m in not_chosen if m in eligible.volume)),
    ]


def verdicts_table(place: PlaceChoices, groups: Sequence[tuple[str, tuple[str, ...]]], caption: str) -> Element:
    """The same rows as the chart, exact."""
    window = _window_words(place)
    columns = (
        Column("Measure"),
        Column("Verdict"),
        Column(f"Offences, {window}" if window else "Offences", is_number=True),
        Column("Expected", is_number=True),
        Column("Share of what was expected", is_number=True),
    )
    rows = [Group([_row(place, m) for m in ids], name) for name, ids in groups if ids]
    return data_table(columns, rows, label=caption)


def _say(place: PlaceChoices, not_chosen: Sequence[str]) -> str:
    verdicts = [v for m in not_chosen if (v := place.judged.verdicts.get(m))]
    judged = [v for v in verdicts if v.state in JUDGED]
    window = _window_words(place)
    window_words = f" from {window}" if window else ""
    opening = "" if place.choices else f"With no choice on record for {place.year}, every measure stands here. "
    if place.judged.basis == "before":
        opening += f"No month of {place.year} is held, so these are the newest months. "
    if not judged:
        return f"{opening}None of these {len(not_chosen)} measures can be judged{window_words}."
    changed_verdicts = [v for v in judged if v.state in CHANGES]
    if not changed_verdicts:
        return f"{opening}None of the {len(judged)} measures that can be judged has moved clearly{window_words}."
    verb = "has" if len(changed_verdicts) == 1 else "have"
    count_words = count_word(len(changed_verdicts)).capitalize()
    changes = f"{count_words} of the {len(judged)} measures that can be judged {verb} moved{window_words}"
    worse = [v.measure for v in changed_verdicts if v.state == State.WORSE]
    return f"{opening}{changes}. {f'Worse: {listed(titles(worse))}.' if worse else 'None is worse.'}"


def _changed(changed_measures: Sequence[str], place: PlaceChoices, series_by_id: dict[str, MeasureSeries]) -> list[Element]:
    """Each measure that changed, with the sentence any chosen one would have."""
    items = []
    for state in WORST_FIRST:
        for measure_id in changed_measures:
            verdict = place.judged.verdicts[measure_id]
            if verdict.state == state and measure_id in series_by_id:
                name = measure_link(measure_id, place.area.code)
                items.append(html.Li([verdict_mark(state), " ", name, ": ", verdict_sentence(series_by_id[measure_id], verdict)]))
    return [html.Ul(items, className="list")] if items else []


def _forest(
    place: PlaceChoices, groups: Sequence[tuple[str, tuple[str, ...]]], series_by_id: dict[str, MeasureSeries]
) -> Element:
    window = _window_words(place)
    drawing = drawn(forest_set([ForestGroup(name, tuple(_forest_row(place, m) for m in ids)) for name, ids in groups]), WIDTHS)
    unit = "Offences as a share of what was expected, with 95% intervals. Ring: not proven; a shape: its verdict."
    first_series = next(iter(series_by_id.values()), None)
    source = source_line(first_series) if first_series else "Source: not held."
    verdicts = [v for _, ids in groups for m in ids if (v := place.judged.of(m))]
    chosen = dict(groups).get(GROUP_HEADINGS["chosen"], ())
    return figure(
        forest_headline(place.area.name, window, verdicts, chosen),
        f"{unit} {CANNOT_BE_HIDDEN}",
        verdicts_table(place, groups, f"Chosen and not chosen measures in {place.area.name}"),
        drawing,
        f"Wholes and their parts both stand here (burglary, and burglary of homes). {source}",
        large=True,
        is_table_printed=True,
    )


def _forest_row(place: PlaceChoices, measure_id: str) -> ForestRow:
    name, verdict = queries.measure(measure_id).title, place.judged.of(measure_id)
    if verdict is None or verdict.ratio is None:
        return ForestRow(name, None, None, None, State.CANNOT_TELL, verdict_word(verdict.state) if verdict else "Not judged")
    return ForestRow(
        name, verdict.ratio, verdict.ratio_lower, verdict.ratio_upper, verdict.state, _beside_expected(verdict.ratio)
    )


def _beside_expected(ratio: float) -> str:
    """How far from expected, for the end of a row: "12% fewer", "2.2 times expected"."""
    if ratio >= TWICE:
        return f"{ratio:.1f} times expected"
    size = percent(abs(ratio - 1))
    return "as expected" if size == "0%" else f"{size} {'fewer' if ratio < 1 else 'more'}"


def forest_headline(place: str, window: str, verdicts: Sequence[Verdict], chosen: Sequence[str]) -> str:
    """What the picture finds: which of those not chosen rose or fell, beside what the chosen did."""
    opening = f"{place}, {window}: " if window else f"{place}: "
    unchanged_chosen = [v.measure for v in verdicts if v.measure in chosen and v.state in QUIET]
    others = [v for v in verdicts if v.measure not in chosen and v.ratio is not None]
    proven = [v for v in others if v.state in CHANGES]
    verbs = ("rose", "fell") if proven else ("may have risen", "may have fallen")
    moves = proven or [v for v in others if v.state in LEANS]
    rose = tuple(v.measure for v in moves if (v.ratio or 0) > 1)
    fell = tuple(v.measure for v in moves if (v.ratio or 0) < 1)
    clauses = [f"{listed(titles(measures))} {verb}" for measures, verb in zip((rose, fell), verbs, strict=True) if measures]
    if not clauses:
        return f"{opening}nothing {'else ' if chosen else ''}moved clearly"
    chosen_words = (
        f"while {listed(titles(unchanged_chosen))} showed no clear change, "
        if unchanged_chosen and len(unchanged_chosen) == len(chosen)
        else ""
    )
    return f"{opening}{chosen_words}{' and '.join(clauses)}"


def _row(place: PlaceChoices, measure_id: str) -> list[Cell]:
    verdict = place.judged.of(measure_id)
    name = measure_link(measure_id, place.area.code)
    if verdict is None:
        return [name, "Not judged", "Not held", "Not held", "Not held"]
    expected = "Not judged"
    share = "Not judged"
    if verdict.expected_lower is not None and verdict.expected_upper is not None:
        expected = span(number(verdict.expected_lower), number(verdict.expected_upper))
    if verdict.ratio is not None and verdict.ratio_lower is not None and verdict.ratio_upper is not None:
        share = f"{percent(verdict.ratio)} ({span(percent(verdict.ratio_lower), percent(verdict.ratio_upper))})"
    other_months_words = other_months(verdict, usual_window(tuple(place.judged.verdicts.values())))
    observed = f"{number(verdict.observed)}{other_months_words}" if verdict.observed is not None else "Not held"
    return [name, mark_of(verdict), observed, expected, share]


def _window_words(place: PlaceChoices) -> str:
    """The months most of the verdicts speak of."""
    window = usual_window(tuple(place.judged.verdicts.values()))
    return months(*window) if window else ""
