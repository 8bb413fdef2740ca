"""London: one measure in every borough, every verdict beside it, and what an average hides."""

from dashboard.charts.borough_map import shapes
from dashboard.features.london.commands_block import commands_table, hidden_list, worsening_list
from dashboard.features.london.download import london_file
from dashboard.features.london.heat_table import heat_table
from dashboard.features.london.places_blocks import (
    borough_tiles,
    contribution_figure,
    rest_of_london_map,
    tiles_table,
    tiles_unit,
)
from dashboard.features.london.themes_block import JudgedMeasure, baskets, theme_of
from dashboard.figures import queries
from dashboard.figures.boroughs_compared import (
    OPTIONS,
    LondonShown,
    crime_measures,
    heat_areas,
    heat_measures,
    hidden_by_commands,
    london_shown,
    worse_and_worsening,
)
from dashboard.figures.compare import newest, parting_breaks
from dashboard.figures.public_record import current_plan
from dashboard.figures.records import Citation, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import contents, download_link, links
from dashboard.ui.notice import empty, notice
from dashboard.ui.page import Page
from dashboard.ui.passport import passport, source_line
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import lead, section
from dashboard.ui.verdict import verdict_key, verdict_mark
from dashboard.words.facts import break_sentence, runs_to_sentence
from dashboard.words.london import beside_expected, london_headline, where_sentence
from dashboard.words.summary import chance, family_sentence
from etl.core.areas import ENGLAND_AND_WALES, LONDON
from etl.core.period import moved
from etl.core.state import CHANGES, State
from etl.core.written import any_period, count_word, month, months, number
from etl.definitions import reference

ABOVE = [("Home", "/")]
METHOD = (
    "Verdicts hold the months of the year so far against the range that the months before gave, season taken out; across "
    "all boroughs and "
    "measures false alarms are held to one in twenty of those called changed. Rates divide by residents at mid-year."
)
SECTION_LINKS = (
    ("Themes", "#themes"),
    ("Every borough on one scale", "#tiles"),
    ("What drives the change", "#drivers"),
    ("Against the rest of London", "#map"),
    ("Every verdict", "#heat"),
    ("Commands", "#commands"),
    ("Higher and worse", "#worsening"),
)


def layout(view: View) -> list[Element]:
    """The page for the measure the address names."""
    figures = london_shown(view)
    return [
        breadcrumb(ABOVE, "London"),
        _opening(view, figures),
        html.Div(_picker(view), className="gap"),
        *_notices(figures),
        contents(SECTION_LINKS),
        _themes(),
        _tiles(figures),
        html.Section(
            [contribution_figure(figures, _names(), _caveats(figures))],
            id="drivers",
            **attributes(aria_label="What drives London’s change"),
        ),
        _map(figures),
        _heat(view, figures),
        _commands(figures),
        _worsening(_source(figures)),
    ]


def _opening(view: View, figures: LondonShown) -> Element:
    verdicts_by_name = [(b.area.name, b.verdict) for b in figures.boroughs]
    london_paragraph: list[str | Element] = []
    if figures.verdict is not None:
        london_paragraph = [
            verdict_mark(figures.verdict.state, big=True),
            html.Br(),
            beside_expected(figures.series, figures.verdict),
        ]
    boroughs_paragraph = where_sentence(verdicts_by_name)
    if figures.family is not None:
        boroughs_paragraph = (
            f"{boroughs_paragraph} {family_sentence(figures.family.changed, figures.family.by_chance, figures.family.family)}"
        )
    return lead(
        london_headline(figures.series, figures.verdict),
        place=f"London, {figures.measure.title[:1].lower()}{figures.measure.title[1:]}",
        standfirst=(london_paragraph, boroughs_paragraph),
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _picker(view: View) -> Element:
    titles = {m: queries.measure(m).title for m in crime_measures()}
    return picker(view, (Pick("measure", "Measure", titles),))


def _notices(figures: LondonShown) -> list[Element]:
    """How far the figures run, or the break that parts the months drawn: one line, since a stale copy adds its own."""
    first_month = moved(_last(figures), -23)
    recent_breaks = [b for b in parting_breaks(figures.series) if f"{b.start:%Y-%m}" >= first_month]
    runs_sentence = runs_to_sentence("recorded crime", _last(figures))
    if recent_breaks:
        return [notice("break", break_sentence(recent_breaks[-1]), f"{runs_sentence} Later months are not held.")]
    return [notice("late", runs_sentence, "Later months are not held.")]


def _themes() -> Element:
    plan = current_plan()
    if plan is None:
        return section(
            "themes",
            "London-wide themes",
            [empty("No plan in force is on record", "Themes are those of the Police and Crime Plan.")],
        )
    themes = [
        theme_of(
            p.title, (p.basket.volume, p.basket.harm, p.basket.victim, p.basket.confidence, p.basket.outcome), _judged_measure
        )
        for p in plan.london_priorities
    ]
    source = plan.plan.sources[0]
    note = (
        f"Themes: {source.document}, {source.publisher}. Which measures read a theme is our choice. "
        "An empty cell is a measure nobody publishes or we do not hold."
    )
    say = "A theme is a basket, never one number. Each shape is the verdict for London."
    return section("themes", "London-wide themes", [baskets(themes), html.P(note, className="source")], say=say)


def _judged_measure(measure_id: str) -> JudgedMeasure:
    title = queries.measure(measure_id).title
    verdict = queries.verdict(measure_id, LONDON)
    if verdict is not None:
        return JudgedMeasure(measure_id, title, verdict.state)
    nation_verdict = queries.verdict(measure_id, ENGLAND_AND_WALES)
    return JudgedMeasure(
        measure_id, title, nation_verdict.state if nation_verdict else None, "England and Wales" if nation_verdict else ""
    )


def _tiles(figures: LondonShown) -> Element:
    return section(
        "tiles",
        "Every borough on one scale",
        [
            html.P(tiles_unit(figures), className="unit-line"),
            tiles_table(figures),
            html.Div(borough_tiles(figures), className="keep"),
            html.P(
                f"{source_line(figures.series)} Residents: Office for National Statistics, mid-year estimates.",
                className="source",
            ),
        ],
    )


def _map(figures: LondonShown) -> Element:
    outlines = reference.boundaries()
    attribution = f"{outlines['attribution'].replace('(c)', '©').replace('; ', '. ')}."
    content = [rest_of_london_map(figures, shapes(outlines), attribution)]
    return section("map", "Each borough against the rest of London", content)


def _heat(view: View, figures: LondonShown) -> Element:
    measures, areas = heat_measures(view.choice("table"), figures.measure.id), heat_areas()
    verdicts = {(v.measure, v.area): v for v in queries.verdicts()}
    verdicts_in_table = [v for a in areas if a.code != LONDON for m in measures if (v := verdicts.get((m.id, a.code)))]
    other_table = "headline" if view.choice("table") == "all" else "all"
    other_table_name = (
        "Headline measures only" if other_table == "headline" else f"All {len(crime_measures())} measures of recorded crime"
    )
    heat_section = section(
        "heat",
        "Areas by measures",
        [
            html.Div(verdict_key(tuple(State)), className="no-break"),
            heat_table(areas, measures, verdicts),
            html.P(
                f"{_window_words(verdicts_in_table)}City of London is another force and is not judged here. "
                f"{source_line(figures.series)}",
                className="source",
            ),
            links([(other_table_name, f"{view.link(table=other_table)}#heat")]),
        ],
        say=_heat_sentence(verdicts_in_table, figures),
    )
    # On paper the table has a wide sheet of its own.
    return html.Div(heat_section, className="section a3")


def _heat_sentence(cells: list[Verdict], figures: LondonShown) -> str:
    changed = sum(1 for v in cells if v.state in CHANGES)
    sentence = f"{number(changed)} of {number(len(cells))} borough cells changed."
    if figures.family is None:
        return sentence
    by_chance = chance(figures.family.by_chance)
    changed_in_all = number(figures.family.changed)
    lowered = f"{by_chance[:1].lower()}{by_chance[1:]}"
    return f"{sentence} Of the {changed_in_all} changes over all measures, {lowered} would come by chance."


def _window_words(cells: list[Verdict]) -> str:
    windows = [v.window for v in cells if v.window]
    if not windows:
        return ""
    first, last = max(set(windows), key=windows.count)
    return f"{months(first, last)} against the range that the months before gave. "


def _commands(figures: LondonShown) -> Element:
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
        ],
        say="A command adds up two to four boroughs. A borough that worsens can be lost in the sum.",
    )


def _worsening(source: Element) -> Element:
    worsenings = [(w, queries.measure_series(w.measure.id, w.area.code)) for w in worse_and_worsening()]
    count_words = f"{count_word(len(worsenings))} borough series".capitalize()
    return section(
        "worsening",
        "Higher than the rest of London, and worse than expected",
        [worsening_list(worsenings), source],
        say=f"{count_words} of all measures, strongest evidence first." if worsenings else None,
    )


def _source(figures: LondonShown) -> Element:
    citations: dict[str, Citation] = {c.edition: c for c in figures.series.citations}
    return html.Div(
        passport(
            sorted(citations.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows=(
                f"Every borough’s rows of {figures.measure.title[:1].lower()}{figures.measure.title[1:]}; London is the "
                "file’s own sum"
            ),
            method=METHOD,
            caveats=figures.measure.caveats,
            next_edition=f"Published monthly. None after {any_period(_last(figures))} is held.",
        ),
        className="gap",
    )


def _caveats(figures: LondonShown) -> list[str]:
    """What changed in how boroughs are counted within the months compared, without parting them."""
    changes = figures.changes
    if changes is None:
        return []
    first_month = moved(changes.first, -12)
    marks = (b for b in figures.boroughs[0].count.breaks if b.treatment == "mark" and b.end is None) if figures.boroughs else ()
    return [f"From {month(f'{b.start:%Y-%m}')}: {b.what}" for b in marks if first_month < f"{b.start:%Y-%m}" <= changes.last]


def _names() -> dict[str, str]:
    return {a.code: a.name for a in queries.areas("borough")}


def _last(figures: LondonShown) -> str:
    last = newest(figures.series)
    return last.period if last else figures.series.points[-1].period


PAGE = Page(
    path="/london",
    title="London",
    description=(
        "One measure in all London boroughs on one scale, what drives its change, every verdict, and what a "
        "command’s average hides."
    ),
    nav="london",
    order=10,
    layout=layout,
    download=london_file,
    options=OPTIONS,
    examples=("/london?measure=robbery_personal", "/london?measure=homicide&table=all", "/london?measure=shoplifting"),
)
