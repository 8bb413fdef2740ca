"""One borough or command in full: what was recorded, every measure, confidence, justice, caveats, passport."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.features.borough.crimes_table import glance
from dashboard.features.borough.measure_block import PlaceMeasure, measure_block
from dashboard.features.borough.mopac7_years import retired_list
from dashboard.features.borough.peers import Peers
from dashboard.features.borough.peers_block import ANCHOR as BESIDE
from dashboard.features.borough.peers_block import peers_section
from dashboard.features.borough.survey_block import newest_survey_period, survey_blocks
from dashboard.figures.judgement_records import ExpectedMonth, VerdictFamily
from dashboard.figures.records import Area, Break, Citation, MeasureSeries, Release, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.explanations import explained_words
from dashboard.ui.html import Element
from dashboard.ui.links import Link, contents, download_link, links
from dashboard.ui.notice import empty, notice
from dashboard.ui.passport import passport
from dashboard.ui.picker import Pick, picker
from dashboard.ui.priorities_of_place import borough_priority_sections
from dashboard.ui.sections import lead, section
from dashboard.words.facts import runs_to_sentence
from dashboard.words.headlines import NO_VERDICT, newest_month_sentence, place_line, recorded_headline, unplaced_sentence
from dashboard.words.summary import family_sentence, place_headline, which_sentence
from dashboard.words.themes import SAY, reading_theme, theme_name
from dashboard.words.verdicts import verdict_word
from etl.core.periods import last_month
from etl.core.written import listed, month, months

RESIDENTS = (
    "Rates divide by residents at mid-year (Office for National Statistics). Visitors and commuters are not counted, "
    "so central boroughs look high."
)
ROUNDING = "Sentences round to three figures; tables are exact."
METHOD = (
    "Each month is the newest edition’s figure. Twelve months are added up; nothing is filled in. Rates are per 1,000 residents; "
    "their 95% limits are in the download."
)
EARLIEST_PICKED = 4
"""The picker offers each April: the start of the police year."""


@dataclass(frozen=True)
class PlaceFigures:
    """Everything held about one place, in the order it is told."""

    area: Area
    command: Area | None
    others: tuple[Area, ...]
    """The other boroughs of the command; for a command, all its boroughs."""
    measures: tuple[PlaceMeasure, ...]
    survey: tuple[MeasureSeries, ...]
    survey_of_london: Mapping[str, MeasureSeries]
    total_of_london: MeasureSeries
    unplaced: MeasureSeries | None
    release: Release
    verdicts: Mapping[str, Verdict]
    family: VerdictFamily | None
    """The list its verdicts on recorded crime belong to."""
    expected: Mapping[str, tuple[ExpectedMonth, ...]]
    """The range of each month judged, by measure id."""
    peers: Peers | None
    """The place among the boroughs; None for a command, which is no borough."""

    @property
    def total(self) -> PlaceMeasure:
        """All recorded crime in the place."""
        return next(m for m in self.measures if m.month.measure.base == "total_recorded_crime")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every edition behind the page, newest first."""
        held = {c.edition: c for m in self.measures for c in m.month.citations}
        held |= {c.edition: c for series in self.survey for c in series.citations}
        return tuple(sorted(held.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True))


def place_content(view: View, figures: PlaceFigures, *, first: str, is_rate: bool, download: str) -> list[Element]:
    """The page below its breadcrumb.

    Args:
        view: what the address asks for, so that links keep it.
        figures: what is held.
        first: first month drawn.
        is_rate: whether twelve months are drawn per 1,000 residents beside the command and London, or as counts.
        download: address of the figures shown.
    """
    place = figures.area.name
    priorities = borough_priority_sections(figures.area)
    return [
        _opening(figures, download),
        notice("late", runs_to_sentence("recorded crime", figures.release.data_to), "Later months are not held."),
        contents(_jumps(figures, priorities)),
        *priorities,
        *([peers_section(view, figures.peers, figures.total.month)] if figures.peers else []),
        _at_a_glance(view, figures, first, is_rate),
        *(_theme(figures, theme, first, is_rate) for theme in _themes(figures)),
        _confidence(figures),
        section(
            "justice",
            "Justice",
            [empty("Courts do not publish by borough", [f"{place}’s cases are heard at several courts. ", _JUSTICE])],
        ),
        _caveats(figures, first),
    ]


def _jumps(figures: PlaceFigures, priorities: Sequence[Element]) -> list[Link]:
    """Every section of the page, in its order."""
    chosen = [("Local priorities", "#local-priorities"), ("What was not chosen", "#not-chosen")] if priorities else []
    beside = [("Beside other boroughs", f"#{BESIDE}")] if figures.peers else []
    themes = [(theme_name(theme), f"#{theme}") for theme in _themes(figures)]
    after = [("Confidence", "#confidence"), ("Justice", "#justice"), ("Before quoting", "#caveats")]
    return [*chosen, *beside, ("Every measure at a glance", "#glance"), *themes, *after]


_JUSTICE = html.A("London’s courts beside England and Wales", href="/justice")


def _opening(figures: PlaceFigures, download: str) -> html.Div:
    total, kind = figures.total, figures.area.kind
    name = f"the {figures.area.name} command" if kind == "bcu" else figures.area.name
    recorded = recorded_headline(total.rolling or total.month, f" in {name}")
    newest = newest_month_sentence(total.month)
    judged = tuple(v for m in figures.measures if (v := figures.verdicts.get(m.month.measure.id)))
    facts = f"{recorded}. {newest}" if judged else f"{newest} {NO_VERDICT}"
    return lead(
        place_headline(name, judged) if judged else recorded,
        place=place_line(figures.area, figures.command, tuple(area.name for area in figures.others)),
        standfirst=(_which(figures, judged), facts, _of_the_place(figures.area)),
        actions=[download_link("Figures behind this page", download)],
    )


def _which(figures: PlaceFigures, judged: tuple[Verdict, ...]) -> str:
    """What changed here, and how many of such changes chance would give."""
    named = which_sentence(judged, {m.month.measure.id: m.month.measure.title for m in figures.measures})
    if not named or figures.family is None:
        return named
    explained = explained_words(judged) if figures.area.kind == "borough" else ""
    said = family_sentence(figures.family.changed, figures.family.by_chance, figures.family.family)
    return " ".join(filter(None, (named, explained, said)))


def _of_the_place(place: Area) -> str:
    """What is particular to a borough's figures: "Hillingdon takes in Heathrow. Airport crime was counted apart until ..."."""
    note = place.note if place.kind == "borough" else ""
    return f"{place.name} {note[:1].lower()}{note[1:]}" if note else ""


def _at_a_glance(view: View, figures: PlaceFigures, first: str, is_rate: bool) -> Element:
    beside = [other.area.name for other in figures.total.beside]
    since = {"": "Last three years", **{m: f"Since {month(m)}" for m in _aprils(figures, first)}}
    picks = (
        Pick("show", "Twelve months drawn as", {"rate": "Rate, beside London", "count": "Number of offences"}),
        Pick("since", "Months drawn", since),
    )
    drawn_as = "per 1,000 residents" if is_rate else "as counts"
    current = tuple(m for m in figures.measures if m.month.measure.theme != "retired")
    return section(
        "glance",
        "Every measure at a glance",
        [
            glance(current, figures.release.data_to, beside, figures.verdicts),
            html.P(f"{RESIDENTS} {_key(figures)}", className="source"),
            html.P(
                f"Below, charts run from {month(first)}; twelve months are drawn {drawn_as}. The pale band is where the months"
                " judged were expected for the time of year. A dashed upright line: a break that parts the figures; lesser"
                " changes in counting stand under “Before quoting these figures”.",
                className="source",
            ),
            html.Div(picker(view, picks), className="gap"),
        ],
        say="Each name leads to its sentence, table and charts further down.",
    )


def _key(figures: PlaceFigures) -> str:
    judged = f" N: {verdict_word('N').lower()}." if figures.verdicts else ""
    return f"Break: a break in the series stands between the two years, so they are not compared.{judged}"


def _aprils(figures: PlaceFigures, first: str) -> tuple[str, ...]:
    """Months the picker offers, newest first: each April held, and the month chosen now."""
    held = [p.period for p in figures.total_of_london.points if last_month(p.period)[1] == EARLIEST_PICKED]
    return tuple(sorted({*held, first}, reverse=True))


def _theme(figures: PlaceFigures, theme: str, first: str, is_rate: bool) -> Element:
    every = tuple(m for m in figures.measures if reading_theme(m.month.measure) == theme)
    told = every if theme != "retired" else every[:1]
    blocks: list[Element] = [
        measure_block(
            m,
            first=first,
            is_rate=is_rate,
            verdict=figures.verdicts.get(m.month.measure.id),
            expected=figures.expected.get(m.month.measure.id, ()),
        )
        for m in told
    ]
    if theme == "retired":
        blocks.append(retired_list(every))
    return section(theme, theme_name(theme), [html.Div(blocks, className="rows measures")], say=SAY.get(theme))


def _themes(figures: PlaceFigures) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading_theme(m.month.measure) for m in figures.measures))


def _confidence(figures: PlaceFigures) -> Element:
    newest, london = newest_survey_period(figures.survey), newest_survey_period(tuple(figures.survey_of_london.values()))
    say = None
    if newest and london and newest < london:
        kind = "command" if figures.area.kind == "bcu" else "borough"
        say = f"No {kind} figure later than {month(newest)} is held. London’s run to {month(london)}."
    place = f"{figures.area.name} command" if figures.area.kind == "bcu" else figures.area.name
    blocks = survey_blocks(figures.survey, figures.survey_of_london, figures.verdicts, where=place)
    return section("confidence", "Confidence", blocks, say=say)


def _touching(figures: PlaceFigures, first: str) -> tuple[Break, ...]:
    """Breaks in the total that fall in the months drawn or reach into them."""
    return tuple(b for b in figures.total.month.breaks if f"{b.end or b.start:%Y-%m}" >= first)


def _caveats(figures: PlaceFigures, first: str) -> Element:
    unplaced = unplaced_sentence(figures.unplaced, figures.total_of_london) if figures.unplaced else None
    said: Sequence[str] = tuple(
        dict.fromkeys(
            [
                *([unplaced] if unplaced else []),
                *(f"From {month(f'{b.start:%Y-%m}')}: {b.what}" for b in _touching(figures, first)),
                *([figures.area.note] if figures.area.note and figures.area.kind == "bcu" else []),
                RESIDENTS,
                ROUNDING,
            ]
        )
    )
    members = links([(area.name, place_address(area.code)) for area in figures.others], label="Neighbouring places")
    heading = "Boroughs in this command" if figures.area.kind == "bcu" else "The other boroughs in its command"
    rows = f"{listed(tuple(a.name for a in figures.others)) if figures.area.kind == 'bcu' else figures.area.name}"
    return section(
        "caveats",
        "Before quoting these figures",
        [
            html.Div(html.Ul([html.Li(text) for text in said], className="list"), className="flow"),
            *([html.H3(heading, className="gap"), members] if figures.others else []),
            html.Div(
                passport(
                    figures.citations,
                    rows=f"Rows of {rows}, months {months(first, figures.release.data_to)}",
                    method=METHOD,
                    caveats=tuple(dict.fromkeys(c for m in figures.measures for c in m.month.measure.caveats)),
                    next_edition=f"Recorded crime is published monthly. No month after {month(figures.release.data_to)} is held.",
                ),
                className="gap",
            ),
        ],
    )
