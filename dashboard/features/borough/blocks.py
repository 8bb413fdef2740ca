"""One borough or command in full: what was recorded, every measure, confidence, justice, caveats, passport."""

from collections.abc import Sequence

from dashboard.features.borough.crimes_table import crimes_table
from dashboard.features.borough.measure_block import measure_block
from dashboard.features.borough.mopac7_years import retired_list
from dashboard.features.borough.peers_block import ANCHOR as PEERS_ANCHOR
from dashboard.features.borough.peers_block import peers_section
from dashboard.features.borough.survey_block import newest_survey_period, survey_blocks
from dashboard.features.borough.view_model import PlaceFigures
from dashboard.figures.feeds import CRIME, gap_of
from dashboard.figures.records import Area, Break, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.borough_priorities import borough_priority_sections
from dashboard.ui.change_ledger import place_ledger
from dashboard.ui.explanations import explained_words
from dashboard.ui.html import Element
from dashboard.ui.lateness import crime_notice
from dashboard.ui.links import Link, contents, download_link, links
from dashboard.ui.notice import empty
from dashboard.ui.passport import passport
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import page_opening, section
from dashboard.words.headlines import NO_VERDICT, newest_month_sentence, place_line, recorded_headline, unplaced_sentence
from dashboard.words.summary import family_sentence, place_headline, which_sentence
from dashboard.words.themes import SAY, reading_theme, theme_name
from dashboard.words.verdicts import verdict_word
from etl.core.period import last_month
from etl.core.state import CHANGES, State
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
APRIL = 4
"""The picker offers each April: the start of the police year."""


def place_content(view: View, figures: PlaceFigures, *, first_month: str, is_rate: bool, download: str) -> list[Element]:
    """The page below its breadcrumb.

    Args:
        view: what the address asks for, so that links keep it.
        figures: what is held.
        first_month: first month drawn.
        is_rate: whether twelve months are drawn per 1,000 residents beside the command and London, or as counts.
        download: address of the figures shown.
    """
    place = figures.area.name
    priorities = borough_priority_sections(figures.area)
    return [
        _opening(figures, download),
        *crime_notice(),
        *place_ledger(figures.area.code),
        contents(_section_links(figures, priorities)),
        *priorities,
        *([peers_section(view, figures.peers, figures.total.month)] if figures.peers else []),
        _at_a_glance(view, figures, first_month, is_rate),
        *(_theme(figures, theme, first_month, is_rate) for theme in _themes(figures)),
        _confidence(figures),
        section(
            "justice",
            "Justice",
            [empty("Courts do not publish by borough", [f"{place}’s cases are heard at several courts. ", JUSTICE_LINK])],
        ),
        _caveats(figures, first_month),
    ]


def _section_links(figures: PlaceFigures, priorities: Sequence[Element]) -> list[Link]:
    """Every section of the page, in its order."""
    priority_links = [("Local priorities", "#local-priorities"), ("What was not chosen", "#not-chosen")] if priorities else []
    peers_link = [("Beside other boroughs", f"#{PEERS_ANCHOR}")] if figures.peers else []
    theme_links = [(theme_name(theme), f"#{theme}") for theme in _themes(figures)]
    closing_links = [("Confidence", "#confidence"), ("Justice", "#justice"), ("Before quoting", "#caveats")]
    return [*priority_links, *peers_link, ("Every measure at a glance", "#glance"), *theme_links, *closing_links]


JUSTICE_LINK = html.A("London’s courts beside England and Wales", href="/justice")


def _opening(figures: PlaceFigures, download: str) -> html.Div:
    total, kind = figures.total, figures.area.kind
    name = f"the {figures.area.name} command" if kind == "bcu" else figures.area.name
    gap = gap_of(CRIME, figures.release.data_to)
    newest = newest_month_sentence(total.month)
    verdicts = tuple(v for m in figures.measures if (v := figures.verdicts.get(m.month.measure.id)))
    recorded = recorded_headline(total.rolling or total.month, f" in {name}", None if verdicts else gap)
    facts = f"{recorded}. {newest}" if verdicts else f"{newest} {NO_VERDICT}"
    return page_opening(
        place_headline(name, verdicts, _titles(figures), gap) if verdicts else recorded,
        place=place_line(figures.area, figures.command, tuple(area.name for area in figures.others)),
        standfirst=(_changes_here(figures, verdicts), facts, _note_on_place(figures.area)),
        actions=[download_link("Figures behind this page", download)],
    )


def _changes_here(figures: PlaceFigures, verdicts: tuple[Verdict, ...]) -> str:
    """What moved here, and how many of such moves are expected not to last."""
    changes = which_sentence(verdicts, _titles(figures))
    if not changes or figures.family is None:
        return changes
    explained = explained_words(verdicts) if figures.area.kind == "borough" else ""
    is_proven = any(v.state in CHANGES for v in verdicts)
    family = figures.family
    not_lasting = family_sentence(family.changed, family.not_lasting, family.family) if is_proven else ""
    return " ".join(filter(None, (changes, explained, not_lasting)))


def _titles(figures: PlaceFigures) -> dict[str, str]:
    return {m.month.measure.id: m.month.measure.title for m in figures.measures}


def _note_on_place(place: Area) -> str:
    """What is particular to a borough's figures: "Hillingdon takes in Heathrow. Airport crime was counted apart until ..."."""
    note = place.note if place.kind == "borough" else ""
    return f"{place.name} {note[:1].lower()}{note[1:]}" if note else ""


def _at_a_glance(view: View, figures: PlaceFigures, first_month: str, is_rate: bool) -> Element:
    compared_names = [other.area.name for other in figures.total.beside]
    start_months = {"": "Last three years", **{m: f"Since {month(m)}" for m in _aprils(figures, first_month)}}
    choices = (
        Pick("show", "Twelve months drawn as", {"rate": "Rate, beside London", "count": "Number of offences"}),
        Pick("since", "Months drawn", start_months),
    )
    form_words = "per 1,000 residents" if is_rate else "as counts"
    current_measures = tuple(m for m in figures.measures if m.month.measure.theme != "retired")
    return section(
        "glance",
        "Every measure at a glance",
        [
            crimes_table(current_measures, figures.release.data_to, compared_names, figures.verdicts),
            html.P(f"{RESIDENTS} {_key(figures)}", className="source"),
            html.P(
                f"Below, charts run from {month(first_month)}; twelve months are drawn {form_words}. The pale band is where the"
                " months judged were expected for the time of year; paler on grey, the months that have no"
                " figure yet. A dashed upright line: a break that parts the figures; lesser"
                " changes in counting stand under “Before quoting these figures”.",
                className="source",
            ),
            html.Div(picker(view, choices), className="gap"),
        ],
        say="Each name leads to its sentence, table and charts further down.",
    )


def _key(figures: PlaceFigures) -> str:
    unchanged_key = f" {State.NO_CHANGE}: {verdict_word(State.NO_CHANGE).lower()}." if figures.verdicts else ""
    return f"Break: a break in the series stands between the two years, so they are not compared.{unchanged_key}"


def _aprils(figures: PlaceFigures, first_month: str) -> tuple[str, ...]:
    """Months the picker offers, newest first: each April held, and the month chosen now."""
    aprils = [p.period for p in figures.total_of_london.points if last_month(p.period)[1] == APRIL]
    return tuple(sorted({*aprils, first_month}, reverse=True))


def _theme(figures: PlaceFigures, theme: str, first_month: str, is_rate: bool) -> Element:
    theme_measures = tuple(m for m in figures.measures if reading_theme(m.month.measure) == theme)
    measures = theme_measures if theme != "retired" else theme_measures[:1]
    blocks: list[Element] = [
        measure_block(
            m,
            first_month=first_month,
            is_rate=is_rate,
            verdict=figures.verdicts.get(m.month.measure.id),
            expected=figures.expected.get(m.month.measure.id, ()),
        )
        for m in measures
    ]
    if theme == "retired":
        blocks.append(retired_list(theme_measures))
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
    blocks = survey_blocks(figures.survey, figures.survey_of_london, figures.verdicts, place_name=place)
    return section("confidence", "Confidence", blocks, say=say)


def _breaks_in_view(figures: PlaceFigures, first_month: str) -> tuple[Break, ...]:
    """Breaks in the total that fall in the months drawn or reach into them."""
    return tuple(b for b in figures.total.month.breaks if f"{b.end or b.start:%Y-%m}" >= first_month)


def _caveats(figures: PlaceFigures, first_month: str) -> Element:
    unplaced = unplaced_sentence(figures.unplaced, figures.total_of_london) if figures.unplaced else None
    caveats: Sequence[str] = tuple(
        dict.fromkeys(
            [
                *([unplaced] if unplaced else []),
                *(f"From {month(f'{b.start:%Y-%m}')}: {b.what}" for b in _breaks_in_view(figures, first_month)),
                *([figures.area.note] if figures.area.note and figures.area.kind == "bcu" else []),
                RESIDENTS,
                ROUNDING,
            ]
        )
    )
    neighbour_links = links([(area.name, place_address(area.code)) for area in figures.others], label="Neighbouring places")
    heading = "Boroughs in this command" if figures.area.kind == "bcu" else "The other boroughs in its command"
    row_names = f"{listed(tuple(a.name for a in figures.others)) if figures.area.kind == 'bcu' else figures.area.name}"
    return section(
        "caveats",
        "Before quoting these figures",
        [
            html.Div(html.Ul([html.Li(text) for text in caveats], className="list"), className="flow"),
            *([html.H3(heading, className="gap"), neighbour_links] if figures.others else []),
            html.Div(
                passport(
                    figures.citations,
                    rows=f"Rows of {row_names}, months {months(first_month, figures.release.data_to)}",
                    method=METHOD,
                    caveats=tuple(dict.fromkeys(c for m in figures.measures for c in m.month.measure.caveats)),
                    next_edition=f"Recorded crime is published monthly. No month after {month(figures.release.data_to)} is held.",
                ),
                className="gap",
            ),
        ],
    )
