"""London: one measure in every borough, every verdict beside it, and what an average hides."""

from dashboard.features.london.commands_block import (
    commands_section,
    worsening_section,
)
from dashboard.features.london.download import london_file
from dashboard.features.london.heat_table import heat_section
from dashboard.features.london.places_blocks import (
    contribution_figure,
    map_section,
    tiles_section,
)
from dashboard.features.london.themes_block import themes_section
from dashboard.figures import queries
from dashboard.figures.boroughs_compared import (
    OPTIONS,
    LondonFigures,
    crime_measures,
    london_figures,
)
from dashboard.figures.compare import break_between, newest, parting_breaks
from dashboard.figures.feeds import gap_of
from dashboard.figures.records import Citation
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.change_ledger import london_ledger
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.lateness import crime_notice
from dashboard.ui.links import contents, download_link
from dashboard.ui.notice import notice
from dashboard.ui.page import Page
from dashboard.ui.passport import passport
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import page_opening
from dashboard.ui.two_totals import two_totals_section
from dashboard.ui.verdict import mark_of
from dashboard.words.facts import break_sentence
from dashboard.words.london import beside_expected, london_headline, where_sentence
from dashboard.words.summary import family_sentence
from etl.core.period import moved
from etl.core.written import any_period, month

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
    figures = london_figures(view)
    return [
        breadcrumb(ABOVE, "London"),
        _opening(view, figures),
        html.Div(_picker(view), className="gap"),
        *_notices(figures),
        *london_ledger(),
        contents(SECTION_LINKS),
        themes_section(),
        tiles_section(figures),
        html.Section(
            [contribution_figure(figures, _names(), _caveats(figures))],
            id="drivers",
            **attributes(aria_label="What drives London’s change"),
        ),
        map_section(figures),
        heat_section(view, figures),
        commands_section(figures),
        *two_totals_section(),
        worsening_section(_source(figures)),
    ]


def _opening(view: View, figures: LondonFigures) -> Element:
    verdicts_by_name = [(b.area.name, b.verdict) for b in figures.boroughs]
    london_paragraph: list[str | Element] = []
    if figures.verdict is not None:
        london_paragraph = [
            mark_of(figures.verdict, big=True),
            html.Br(),
            beside_expected(figures.series, figures.verdict),
        ]
    boroughs_paragraph = where_sentence(verdicts_by_name)
    if figures.family is not None:
        boroughs_paragraph = (
            f"{boroughs_paragraph} {family_sentence(figures.family.changed, figures.family.not_lasting, figures.family.family)}"
        )
    return page_opening(
        london_headline(figures.series, figures.verdict, gap_of(figures.measure.source, _last(figures))),
        place=f"London, {figures.measure.title[:1].lower()}{figures.measure.title[1:]}",
        standfirst=(london_paragraph, boroughs_paragraph),
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _picker(view: View) -> Element:
    titles = {m: queries.measure(m).title for m in crime_measures()}
    return picker(view, (Pick("measure", "Measure", titles),))


def _notices(figures: LondonFigures) -> list[Element]:
    """The break that parts the months drawn, and how far the figures run."""
    first_month = moved(_last(figures), -23)
    recent_breaks = [b for b in parting_breaks(figures.series) if f"{b.start:%Y-%m}" >= first_month]
    parted = [notice("break", break_sentence(recent_breaks[-1]))] if recent_breaks else []
    return [*parted, *crime_notice()]


def _source(figures: LondonFigures) -> Element:
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


def _caveats(figures: LondonFigures) -> list[str]:
    """What changed in how boroughs are counted within the months compared, without parting them."""
    changes = figures.changes
    if changes is None:
        return []
    first_month = moved(changes.first, -12)
    marks = (b for b in figures.boroughs[0].count.breaks if b.treatment == "mark" and b.end is None) if figures.boroughs else ()
    compared = {row.area for row in changes.rows}
    absent = [b for b in figures.boroughs if b.area.code not in compared]
    partings = [(b.area.name, break_between(b.count, first_month, changes.last)) for b in absent]
    left_out = [f"{name} is in no bar. {break_sentence(parting)}" for name, parting in partings if parting is not None]
    named = [f"From {month(f'{b.start:%Y-%m}')}: {b.what}" for b in marks if first_month < f"{b.start:%Y-%m}" <= changes.last]
    return [*left_out, *named]


def _names() -> dict[str, str]:
    return {a.code: a.name for a in queries.areas("borough")}


def _last(figures: LondonFigures) -> str:
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
    menu="London",
    order=10,
    layout=layout,
    download=london_file,
    options=OPTIONS,
    examples=("/london?measure=robbery_personal", "/london?measure=homicide&table=all", "/london?measure=shoplifting"),
)
