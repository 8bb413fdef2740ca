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
from dashboard.ui.verdict import verdict_mark
from dashboard.words.priorities import balance_sentence
from dashboard.words.summary import other_months, usual_window
from dashboard.words.verdicts import verdict_sentence, verdict_word
from etl.core.state import CHANGES, JUDGED, SIGNALS, WORST_FIRST, State
from etl.core.written import count_word, listed, months, number, percent, span

TWICE = 2
CANNOT_BE_HIDDEN = "No choice on this page can hide this section."
HEADS = {"chosen": "Chosen", "harm": "Not chosen, high harm", "volume": "Not chosen, volume"}


def balance_notice(found: Balance, *, names_place: bool = False) -> Element:
    """A choice improved while something else worsened."""
    said = balance_sentence(*(titles([v.measure for v in side]) for side in (found.improved, found.worsened, found.risen)))
    content: list[str | Element] = [said, " "]
    if found.is_example:
        content.append(tag(EXAMPLE, is_example=True))
    where: list[str | Element] = [html.A(found.area.name, href=place_address(found.area.code)), ". "] if names_place else []
    return notice("break", "Harm balance.", [*where, *content])


def not_chosen_section(place: PlaceChoices, *, anchor: str = "not-chosen") -> Element:
    """Every measure the borough could have chosen and did not, judged in the same words as those it chose."""
    groups = grouped(place)
    rest = [m for name, ids in groups if name != HEADS["chosen"] for m in ids]
    verdicts = place.judged.verdicts
    every = {s.measure.id: s for s in queries.area_series(place.area.code, tuple(m for _, ids in groups for m in ids))}
    changed = [m for m in rest if (v := verdicts.get(m)) and v.state in SIGNALS]
    content: list[Element] = [
        *([balance_notice(place.balance)] if place.balance else []),
        *_changed(changed, place, every),
        _forest(place, groups, every),
        links([(f"Evidence sheet for {place.area.name}’s next choice", evidence_address(place.area.code))]),
    ]
    return section(anchor, f"What {place.area.name} did not choose", content, say=_say(place, rest))


def grouped(place: PlaceChoices) -> list[tuple[str, tuple[str, ...]]]:
    """(heading, measures): chosen, then those not chosen by harm and volume, in the register's order."""
    known = candidates()
    watched = [n.measure_id for n in place.not_chosen]
    chosen = tuple(dict.fromkeys(c.record.measure_id for c in place.choices if c.record.measure_id and c.series))
    return [
        (HEADS["chosen"], chosen),
        (HEADS["harm"], tuple(m for m in watched if m in known.harm)),
        (HEADS["volume"], tuple(m for m in watched if m in known.volume)),
    ]


def watch_table(place: PlaceChoices, groups: Sequence[tuple[str, tuple[str, ...]]], caption: str) -> Element:
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


def _say(place: PlaceChoices, rest: Sequence[str]) -> str:
    verdicts = [v for m in rest if (v := place.judged.verdicts.get(m))]
    judged = [v for v in verdicts if v.state in JUDGED]
    window = _window_words(place)
    when = f" from {window}" if window else ""
    opening = "" if place.choices else f"With no choice on record for {place.year}, every measure stands here. "
    if place.judged.basis == "before":
        opening += f"No month of {place.year} is held, so these are the newest months. "
    if not judged:
        return f"{opening}None of these {len(rest)} measures can be judged{when}."
    changed = [v for v in judged if v.state in CHANGES]
    if not changed:
        return f"{opening}None of the {len(judged)} measures that can be judged has changed by more than chance{when}."
    verb = "has" if len(changed) == 1 else "have"
    count = f"{count_word(len(changed)).capitalize()} of the {len(judged)} measures that can be judged {verb} changed{when}"
    worse = [v.measure for v in changed if v.state == State.WORSE]
    return f"{opening}{count}. {f'Worse: {listed(titles(worse))}.' if worse else 'None is worse.'}"


def _changed(changed: Sequence[str], place: PlaceChoices, every: dict[str, MeasureSeries]) -> list[Element]:
    """Each measure that changed, with the sentence any chosen one would have."""
    items = []
    for state in WORST_FIRST:
        for measure_id in changed:
            found = place.judged.verdicts[measure_id]
            if found.state == state and measure_id in every:
                name = measure_link(measure_id, place.area.code)
                items.append(html.Li([verdict_mark(state), " ", name, ": ", verdict_sentence(every[measure_id], found)]))
    return [html.Ul(items, className="list")] if items else []


def _forest(place: PlaceChoices, groups: Sequence[tuple[str, tuple[str, ...]]], every: dict[str, MeasureSeries]) -> Element:
    window = _window_words(place)
    drawing = drawn(forest_set([ForestGroup(name, tuple(_forest_row(place, m) for m in ids)) for name, ids in groups]), WIDTHS)
    unit = "Offences as a share of what was expected, with 95% intervals. Ring: no significant change; a shape: its verdict."
    newest = next(iter(every.values()), None)
    source = source_line(newest) if newest else "Source: not held."
    verdicts = [v for _, ids in groups for m in ids if (v := place.judged.of(m))]
    chosen = dict(groups).get(HEADS["chosen"], ())
    return figure(
        forest_headline(place.area.name, window, verdicts, chosen),
        f"{unit} {CANNOT_BE_HIDDEN}",
        watch_table(place, groups, f"Chosen and not chosen measures in {place.area.name}"),
        drawing,
        f"Wholes and their parts both stand here (burglary, and burglary of homes). {source}",
        large=True,
        is_table_printed=True,
    )


def _forest_row(place: PlaceChoices, measure_id: str) -> ForestRow:
    name, found = queries.measure(measure_id).title, place.judged.of(measure_id)
    if found is None or found.ratio is None:
        return ForestRow(name, None, None, None, State.CANNOT_TELL, verdict_word(found.state) if found else "Not judged")
    return ForestRow(name, found.ratio, found.ratio_lower, found.ratio_upper, found.state, _beside_expected(found.ratio))


def _beside_expected(ratio: float) -> str:
    """How far from expected, for the end of a row: "12% fewer", "2.2 times expected"."""
    if ratio >= TWICE:
        return f"{ratio:.1f} times expected"
    size = percent(abs(ratio - 1))
    return "as expected" if size == "0%" else f"{size} {'fewer' if ratio < 1 else 'more'}"


def forest_headline(place: str, window: str, verdicts: Sequence[Verdict], chosen: Sequence[str]) -> str:
    """What the picture finds: which of those not chosen rose or fell, beside what the chosen did."""
    opening = f"{place}, {window}: " if window else f"{place}: "
    held = [v.measure for v in verdicts if v.measure in chosen and v.state == State.NO_CHANGE]
    rest = [v for v in verdicts if v.measure not in chosen and v.state in SIGNALS and v.ratio is not None]
    rose = tuple(v.measure for v in rest if (v.ratio or 0) > 1)
    fell = tuple(v.measure for v in rest if (v.ratio or 0) < 1)
    said = [f"{listed(titles(which))} {verb}" for which, verb in ((rose, "rose"), (fell, "fell")) if which]
    if not said:
        return f"{opening}nothing {'else ' if chosen else ''}changed by more than chance"
    beside = f"while {listed(titles(held))} held level, " if held and len(held) == len(chosen) else ""
    return f"{opening}{beside}{' and '.join(said)}"


def _row(place: PlaceChoices, measure_id: str) -> list[Cell]:
    found = place.judged.of(measure_id)
    name = measure_link(measure_id, place.area.code)
    if found is None:
        return [name, "Not judged", "Not held", "Not held", "Not held"]
    expected = "Not judged"
    share = "Not judged"
    if found.expected_lower is not None and found.expected_upper is not None:
        expected = span(number(found.expected_lower), number(found.expected_upper))
    if found.ratio is not None and found.ratio_lower is not None and found.ratio_upper is not None:
        share = f"{percent(found.ratio)} ({span(percent(found.ratio_lower), percent(found.ratio_upper))})"
    apart = other_months(found, usual_window(tuple(place.judged.verdicts.values())))
    observed = f"{number(found.observed)}{apart}" if found.observed is not None else "Not held"
    return [name, verdict_mark(found.state), observed, expected, share]


def _window_words(place: PlaceChoices) -> str:
    """The months most of the verdicts speak of."""
    window = usual_window(tuple(place.judged.verdicts.values()))
    return months(*window) if window else ""
