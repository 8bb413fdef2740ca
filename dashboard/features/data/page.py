"""Data and methods: what is held, how it was checked, how it moved, how the figures are made."""

from dashboard.features.data.break_words import applies_to, as_record
from dashboard.features.data.coverage_block import coverage_figure, sources_block
from dashboard.features.data.edition_tables import (
    checks_sentence,
    checks_table,
    editions_table,
    movements_table,
    refusal_notices,
    rejected_table,
)
from dashboard.features.data.method_blocks import methods_list, reproduce, verdict_steps
from dashboard.figures import queries, queries_editions, queries_sources
from dashboard.figures.feeds import feeds_today
from dashboard.figures.queries_editions import first_published_periods, movements, newest_of_source
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.breaks_table import breaks_table
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.page import Page
from dashboard.ui.revisions_block import revision_words, revisions_table
from dashboard.ui.sections import page_opening, section
from dashboard.words.data import bounds_sentence, data_headline, edition_phrase
from etl.core import clock
from etl.core.areas import LONDON
from etl.core.written import day
from etl.definitions import reference

CRIME, TOTAL, EXAMPLE = "mps_recorded_crime_borough", "total_recorded_crime", "violence_with_injury"
MONTHS_FOLLOWED = 6
FOR_EVERYONE = "Every page aims at level AA of the Web Content Accessibility Guidelines 2.2."
ON_THIS_PAGE = [
    ("Sources", "#sources"),
    ("Checks", "#checks"),
    ("Editions", "#editions"),
    ("Revisions", "#revisions"),
    ("Breaks in series", "#breaks"),
    ("Methods", "#methods"),
    ("How verdicts are made", "#verdicts"),
    ("Work a number out again", "#reproduce"),
    ("Accessibility", "/data/accessibility"),
    ("How sure verdicts are", "/data/calibration"),
    ("Words", "/data/words"),
]


def layout(_view: View) -> list[Element]:
    """The whole page."""
    every_feed = feeds_today()
    newest = newest_of_source().get(CRIME)
    checks = queries_sources.checks(newest) if newest else ()
    return [
        breadcrumb([("Home", "/")], "Data and methods"),
        page_opening(
            data_headline(checks, every_feed),
            standfirst="Nothing is published unless every check passes or a named person accepts the warning. "
            "The figures before it stay up until then.",
        ),
        html.Div(links(ON_THIS_PAGE, label="On this page"), className="gap"),
        html.Section(coverage_figure(every_feed, day(clock.today())), id="coverage", **attributes(aria_label="What is held")),
        section("sources", "Sources and licences", sources_block(every_feed)),
        _checks(newest),
        section(
            "editions",
            "Editions held",
            [editions_table(queries_sources.edition_records())],
            say="One row is one file as its publisher released it. None is ever replaced; the newest that holds a period "
            "gives its figure.",
        ),
        _revisions(),
        _breaks(),
        section("methods", "How the figures are made", [html.Div(methods_list(), className="flow-s")]),
        section(
            "verdicts",
            "How verdicts are made",
            [*verdict_steps(), links([("How sure verdicts are: measured on real years", "/data/calibration")])],
            say="Each series has one expectation. Its range, how rare a move is, how likely it is to last, and the words said of "
            "it all come from that.",
        ),
        _reproduce(),
        section(
            "accessibility", "Accessibility", [links([("Accessibility statement", "/data/accessibility")])], say=FOR_EVERYONE
        ),
    ]


def _checks(newest: str | None) -> Element:
    release = queries.release()
    checks = queries_sources.checks(newest) if newest else ()
    edition = next((c.edition_words for c in queries_sources.editions(CRIME)[:1]), "")
    words = [
        html.P(checks_sentence(checks)),
        html.P(bounds_sentence(*queries_sources.bounds_by_basis()), className="small"),
        links([("Every check of every edition", "/data/checks")]),
    ]
    return section(
        "checks",
        "Checks on the newest file",
        [
            html.Div(
                [
                    html.Div(words, className="flow-s"),
                    html.Div(checks_table(checks, caption=f"Recorded crime by borough, {edition}")),
                ],
                className="split flip",
            ),
            html.H3("Files refused", className="gap"),
            *refusal_notices(queries_sources.refusals(), queries_sources.refusals_torn(), release),
            html.H3("Parts left out", className="gap"),
            rejected_table(queries_sources.rejected_rows(), queries_sources.editions()),
        ],
    )


def _revisions() -> Element:
    total = queries.measure(TOTAL)
    revisions = queries_editions.revisions(TOTAL, LONDON, first_published_periods(TOTAL, LONDON, MONTHS_FOLLOWED))
    movements_of_crime = movements(CRIME)
    label = movements_of_crime[0].label if movements_of_crime else ""
    newest = tuple(m for m in movements_of_crime if m.label == label and m.measure.theme != "retired")
    return section(
        "revisions",
        "How figures have been revised",
        [
            html.H3("London’s total for a month, edition by edition"),
            revisions_table(total, revisions),
            html.P("All recorded crime, London, as each edition gave it; changes are from the first held.", className="source"),
            html.H3(f"What {edition_phrase(label)} moved in London" if label else "One edition is held", className="gap"),
            *([movements_table(newest, label=f"What {edition_phrase(label)} moved in London, by measure")] if newest else []),
            html.P("Set against the figure each month had in the edition before it.", className="source"),
            links([("Every revision, by measure and month", "/data/revisions")]),
        ],
        say=f"{revision_words(total, revisions)}." if revisions else None,
    )


def _breaks() -> Element:
    rows = reference.breaks()
    bases = tuple(m for m in queries.measures() if m.id == m.base)
    table = breaks_table(
        [as_record(r) for r in rows],
        caption="Every date at which what is counted, or how, changed",
        applies_to=[applies_to(r, bases) for r in rows],
    )
    return section("breaks", "Breaks in series", [table])


def _reproduce() -> Element:
    series = queries.measure_series(EXAMPLE, LONDON)
    revisions = queries_editions.revisions(EXAMPLE, LONDON, (series.known[-1].period,))
    say = "Every number can be traced to the cells of the published file, in the copy of the code that comes with this site."
    return section("reproduce", "Work a number out again", [reproduce(series, revisions)], say=say)


PAGE = Page(
    path="/data",
    title="Data and methods",
    description="Every source, edition, check, revision and break in series behind the figures, and how they are made.",
    nav="data",
    menu="Data",
    order=80,
    layout=layout,
    depends_on=queries_sources.refusals_state,
)
