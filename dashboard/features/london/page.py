"""London: one measure in every borough, every verdict beside it, and what an average hides."""

from dashboard.charts.borough_map import shapes
from dashboard.features.london.commands_block import commands_table, hidden_list, worsening_list
from dashboard.features.london.download import london_file
from dashboard.features.london.heat_table import heat_table
from dashboard.features.london.places_blocks import borough_tiles, contribution_figure, rest_map, tiles_table, tiles_unit
from dashboard.features.london.themes_block import Judged, baskets, theme_of
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
from dashboard.figures.measure_in_place import ENGLAND_AND_WALES
from dashboard.figures.public_record import current_plan
from dashboard.figures.records import LONDON, Citation, Verdict
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
from dashboard.words.summary import CHANGED, chance, family_sentence
from etl.core.periods import moved
from etl.core.written import any_period, count_word, month, months, number
from etl.definitions import reference

ABOVE = [("Home", "/")]
METHOD = (
    "Verdicts hold the months of the year so far against the range that the months before gave, season taken out; across "
    "all boroughs and "
    "measures false alarms are held to one in twenty of those called changed. Rates divide by residents at mid-year."
)
JUMPS = (
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
    shown = london_shown(view)
    return [
        breadcrumb(ABOVE, "London"),
        _opening(view, shown),
        html.Div(_picker(view), className="gap"),
        *_notices(shown),
        contents(JUMPS),
        _themes(),
        _tiles(shown),
        html.Section(
            [contribution_figure(shown, _names(), _caveats(shown))],
            id="drivers",
            **attributes(aria_label="What drives London’s change"),
        ),
        _map(shown),
        _heat(view, shown),
        _commands(shown),
        _worsening(_source(shown)),
    ]


def _opening(view: View, shown: LondonShown) -> Element:
    judged = [(b.area.name, b.verdict) for b in shown.boroughs]
    first: list[str | Element] = []
    if shown.verdict is not None:
        first = [verdict_mark(shown.verdict.state, big=True), html.Br(), beside_expected(shown.series, shown.verdict)]
    second = where_sentence(judged)
    if shown.family is not None:
        second = f"{second} {family_sentence(shown.family.changed, shown.family.by_chance, shown.family.family)}"
    return lead(
        london_headline(shown.series, shown.verdict),
        place=f"London, {shown.measure.title[:1].lower()}{shown.measure.title[1:]}",
        standfirst=(first, second),
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _picker(view: View) -> Element:
    words = {m: queries.measure(m).title for m in crime_measures()}
    return picker(view, (Pick("measure", "Measure", words),))


def _notices(shown: LondonShown) -> list[Element]:
    """How far the figures run, or the break that parts the months drawn: one line, since a stale copy adds its own."""
    since = moved(_last(shown), -23)
    recent = [b for b in parting_breaks(shown.series) if f"{b.start:%Y-%m}" >= since]
    runs = runs_to_sentence("recorded crime", _last(shown))
    if recent:
        return [notice("break", break_sentence(recent[-1]), f"{runs} Later months are not held.")]
    return [notice("late", runs, "Later months are not held.")]


def _themes() -> Element:
    plan = current_plan()
    if plan is None:
        return section(
            "themes",
            "London-wide themes",
            [empty("No plan in force is on record", "Themes are those of the Police and Crime Plan.")],
        )
    themes = [
        theme_of(p.title, (p.basket.volume, p.basket.harm, p.basket.victim, p.basket.confidence, p.basket.outcome), _judged)
        for p in plan.london_priorities
    ]
    source = plan.plan.sources[0]
    note = (
        f"Themes: {source.document}, {source.publisher}. Which measures read a theme is our choice. "
        "An empty cell is a measure nobody publishes or we do not hold."
    )
    say = "A theme is a basket, never one number. Each shape is the verdict for London."
    return section("themes", "London-wide themes", [baskets(themes), html.P(note, className="source")], say=say)


def _judged(measure_id: str) -> Judged:
    title = queries.measure(measure_id).title
    found = queries.verdict(measure_id, LONDON)
    if found is not None:
        return Judged(measure_id, title, found.state)
    wider = queries.verdict(measure_id, ENGLAND_AND_WALES)
    return Judged(measure_id, title, wider.state if wider else None, "England and Wales" if wider else "")


def _tiles(shown: LondonShown) -> Element:
    return section(
        "tiles",
        "Every borough on one scale",
        [
            html.P(tiles_unit(shown), className="unit-line"),
            tiles_table(shown),
            html.Div(borough_tiles(shown), className="keep"),
            html.P(
                f"{source_line(shown.series)} Residents: Office for National Statistics, mid-year estimates.", className="source"
            ),
        ],
    )


def _map(shown: LondonShown) -> Element:
    outlines = reference.boundaries()
    attribution = f"{outlines['attribution'].replace('(c)', '©').replace('; ', '. ')}."
    content = [rest_map(shown, shapes(outlines), attribution)]
    return section("map", "Each borough against the rest of London", content)


def _heat(view: View, shown: LondonShown) -> Element:
    measures, areas = heat_measures(view.choice("table"), shown.measure.id), heat_areas()
    verdicts = {(v.measure, v.area): v for v in queries.verdicts()}
    cells = [v for a in areas if a.code != LONDON for m in measures if (v := verdicts.get((m.id, a.code)))]
    other = "headline" if view.choice("table") == "all" else "all"
    words = "Headline measures only" if other == "headline" else f"All {len(crime_measures())} measures of recorded crime"
    inside = section(
        "heat",
        "Areas by measures",
        [
            html.Div(verdict_key(tuple("BWCNPTXLU")), className="no-break"),
            heat_table(areas, measures, verdicts),
            html.P(
                f"{_window(cells)}City of London is another force and is not judged here. {source_line(shown.series)}",
                className="source",
            ),
            links([(words, f"{view.link(table=other)}#heat")]),
        ],
        say=_heat_sentence(cells, shown),
    )
    # On paper the table has a wide sheet of its own.
    return html.Div(inside, className="section a3")


def _heat_sentence(cells: list[Verdict], shown: LondonShown) -> str:
    changed = sum(1 for v in cells if v.state in CHANGED)
    said = f"{number(changed)} of {number(len(cells))} borough cells changed."
    if shown.family is None:
        return said
    many = chance(shown.family.by_chance)
    every = number(shown.family.changed)
    return f"{said} Of the {every} changes over all measures, {many[:1].lower()}{many[1:]} would come by chance."


def _window(cells: list[Verdict]) -> str:
    windows = [v.window for v in cells if v.window]
    if not windows:
        return ""
    first, last = max(set(windows), key=windows.count)
    return f"{months(first, last)} against the range that the months before gave. "


def _commands(shown: LondonShown) -> Element:
    hidden = hidden_by_commands()
    said = [(c, m, a, queries.measure_series(m.id, a.code), v) for c, m, a, v in hidden]
    return section(
        "commands",
        "Commands and what their averages hide",
        [
            commands_table(shown.commands, shown.measure),
            html.H3("Over all measures: worse in a borough, not in its command", className="gap"),
            hidden_list(said),
            html.P(source_line(shown.series), className="source"),
        ],
        say="A command adds up two to four boroughs. A borough that worsens can be lost in the sum.",
    )


def _worsening(source: Element) -> Element:
    found = [(w, queries.measure_series(w.measure.id, w.area.code)) for w in worse_and_worsening()]
    many = f"{count_word(len(found))} borough series".capitalize()
    return section(
        "worsening",
        "Higher than the rest of London, and worse than expected",
        [worsening_list(found), source],
        say=f"{many} of all measures, strongest evidence first." if found else None,
    )


def _source(shown: LondonShown) -> Element:
    cited: dict[str, Citation] = {c.edition: c for c in shown.series.citations}
    return html.Div(
        passport(
            sorted(cited.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows=(
                f"Every borough’s rows of {shown.measure.title[:1].lower()}{shown.measure.title[1:]}; London is the "
                "file’s own sum"
            ),
            method=METHOD,
            caveats=shown.measure.caveats,
            next_edition=f"Published monthly. None after {any_period(_last(shown))} is held.",
        ),
        className="gap",
    )


def _caveats(shown: LondonShown) -> list[str]:
    """What changed in how boroughs are counted within the months compared, without parting them."""
    changes = shown.changes
    if changes is None:
        return []
    first = moved(changes.first, -12)
    marks = (b for b in shown.boroughs[0].count.breaks if b.treatment == "mark" and b.end is None) if shown.boroughs else ()
    return [f"From {month(f'{b.start:%Y-%m}')}: {b.what}" for b in marks if first < f"{b.start:%Y-%m}" <= changes.last]


def _names() -> dict[str, str]:
    return {a.code: a.name for a in queries.areas("borough")}


def _last(shown: LondonShown) -> str:
    last = newest(shown.series)
    return last.period if last else shown.series.points[-1].period


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
