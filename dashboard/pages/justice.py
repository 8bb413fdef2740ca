"""Justice: how long cases take, how many wait and how old they are, and what London’s courts do not publish."""

from dash import html
from dash.development.base_component import Component

from dashboard.components.frame import breadcrumb
from dashboard.components.justice_blocks import alone, beside_nation, flow_figure, regions_table
from dashboard.components.lead import lead, section
from dashboard.components.links import links
from dashboard.components.measure_courts import courts_figure
from dashboard.components.notice import empty, notice
from dashboard.components.passport import passport, source_line
from dashboard.components.table import Column, data_table
from dashboard.components.verdict import verdict_mark
from dashboard.format import any_period, number, rounded
from dashboard.page import Page
from dashboard.records import Citation, MeasureSeries
from dashboard.shown.justice import (
    ALL_MEAN,
    ALL_MEDIAN,
    BEFORE_COVID,
    CHARGE,
    FINISHED,
    KNOWN_AGE,
    LEWISHAM_QUARTERS,
    MEAN,
    MEDIAN,
    OPEN,
    RECEIVED,
    SHARE,
    JusticeShown,
    justice_shown,
)
from dashboard.shown.measure import ENGLAND_AND_WALES
from dashboard.shown.plan import stated
from dashboard.url import View
from dashboard.words.compare import newest
from dashboard.words.justice import (
    CENSORED,
    course_sentence,
    court_verdict_sentence,
    flow_headline,
    justice_headline,
    open_sentence,
    open_then_sentence,
    share_headline,
    then_sentence,
)

ABOVE = [("Home", "/")]
DAYS, OPEN_THEN = "lewisham-2017-offence-to-completion", "lewisham-2017-open-crown-cases"
REGION = "London is the courts service’s London region, which includes the City of London and its courts."
RESTATED = "Each release restates the whole series; figures of two releases are never joined."
METHOD = (
    "As published. Verdicts hold the newest four quarters against the natural limits of the twelve before, the quarters of Covid left out. "
    "With so few quarters nothing finer can be said."
)


def layout(_view: View) -> list[Component]:
    """The page."""
    shown = justice_shown()
    return [
        breadcrumb(ABOVE, "Justice"),
        _opening(shown),
        notice("quietly", CENSORED[0], f"{CENSORED[1]} When a court clears them these times rise, though nothing got slower."),
        _times(shown),
        _waiting(shown),
        _flow(shown),
        section("regions", "London beside the other regions", [regions_table(shown.places), html.P(f"{REGION} {_source_of(shown, MEDIAN)}", className="source")]),
        _said(shown),
        _not_held(shown),
        _source(shown),
    ]


def _opening(shown: JusticeShown) -> Component:
    median, mean = shown.london[MEDIAN], shown.london[MEAN]
    found = shown.verdict(MEDIAN)
    last = newest(median)
    when = f"Figures of {any_period(last.period)}. " if last else ""
    waiting = open_sentence(shown.london[KNOWN_AGE], shown.london[SHARE]) if {KNOWN_AGE, SHARE} <= shown.london.keys() else ""
    mark = [verdict_mark(found.state, big=True), html.Br()] if found else []
    middle = f"The middle case: {_lower(course_sentence(median, before=BEFORE_COVID))}"
    return lead(justice_headline(median, mean), standfirst=([*mark, f"{when}{middle}"], waiting))


def _times(shown: JusticeShown) -> Component:
    median, mean = shown.london[MEDIAN], shown.london[MEAN]
    wide_median, wide_mean = shown.nation.get(MEDIAN), shown.nation.get(MEAN)
    every = [p.value for s in (median, mean, wide_median, wide_mean) if s for p in s.known if p.value is not None]
    return section(
        "times",
        "From offence to the end of the case",
        [
            html.Div(
                [
                    beside_nation(
                        f"Half of cases took longer than {_newest(median)} days",
                        "Median days from offence to completion, Crown Court, London, by quarter.",
                        median,
                        wide_median,
                        shown.verdict(MEDIAN),
                        shared=every,
                    ),
                    beside_nation(
                        f"The average, pulled up by the longest cases, was {_newest(mean)} days",
                        "Mean days, the same cases, on the same scale.",
                        mean,
                        wide_mean,
                        shown.verdict(MEAN),
                        shared=every,
                    ),
                ],
                className="split even",
            ),
            html.P(f"{REGION} {RESTATED}", className="source"),
        ],
    )


def _waiting(shown: JusticeShown) -> Component:
    known, share = shown.london.get(KNOWN_AGE), shown.london.get(SHARE)
    figures: list[Component] = []
    if share is not None:
        figures.append(
            beside_nation(
                share_headline(share, BEFORE_COVID),
                "Share of open Crown Court cases whose age is known that have been open a year or more, London, by quarter.",
                share,
                shown.nation.get(SHARE),
                shown.verdict(SHARE),
            )
        )
    if known is not None:
        figures.append(
            alone(
                f"{_newest(known)} cases whose age is known were open in London",
                "Open Crown Court cases at the end of each quarter, London.",
                known,
                shown.verdict(KNOWN_AGE),
            )
        )
    courts: list[Component] = []
    if shown.courts:
        total = sum(p.value or 0.0 for _, s in shown.courts for p in s.known if p.period == max(q.period for q in s.known))
        courts = [
            html.Div(
                [
                    courts_figure(shown.courts),
                    html.P(
                        f"The {len(shown.courts)} courts together: {number(total)} open cases, those whose age is not known among them. "
                        "Cases are moved between courts, and a court serves more than its own area.",
                        className="source",
                    ),
                ]
            )
        ]
    return section("waiting", "Cases open, and how old they are", [html.Div([*figures, *courts], className="split even")])


def _flow(shown: JusticeShown) -> Component:
    received, finished, waiting = (shown.nation.get(m) for m in (RECEIVED, FINISHED, OPEN))
    if received is None or finished is None:
        return section("flow", "Cases in and cases out", [empty("Not held", "No edition of cases received and finished is held.")])
    content: list[Component] = [flow_figure(flow_headline(received, finished), received, finished)]
    if waiting is not None:
        content.append(
            alone(
                f"{rounded(_value(waiting))} cases were open in England and Wales",
                "Open Crown Court cases at the end of each quarter, England and Wales.",
                waiting,
                shown.verdict(OPEN, ENGLAND_AND_WALES),
            )
        )
    said = [
        f"{name}: {_lower(court_verdict_sentence(s, v))}"
        for name, s in (("Received", received), ("Finished", finished))
        if (v := shown.verdict(s.measure.id, ENGLAND_AND_WALES))
    ]
    return section("flow", "Cases in and cases out", [html.Div(content, className="split even"), *(html.P(s, className="small gap") for s in said)])


def _said(shown: JusticeShown) -> Component:
    """What councillors were told in 2017, dated, beside what the series held say and why the two may differ."""
    facts = {fact.id: fact for fact in stated("justice")}
    rows = []
    if days := facts.get(DAYS):
        rows.append((_quoted(days.sources[0].quote or days.text, days.sources[0].dated), _days_held(shown), DAYS_DIFFER))
    if waiting := facts.get(OPEN_THEN):
        known = shown.london.get(KNOWN_AGE)
        held = f"{open_then_sentence(known, LEWISHAM_QUARTERS)}, of cases whose age is known." if known else "None is held."
        rows.append((_quoted(waiting.sources[0].quote or waiting.text, waiting.sources[0].dated), held, OPEN_DIFFER))
    columns = (Column("What was said"), Column("What the series held say"), Column("Why they may differ"))
    source = facts[DAYS].sources[0] if DAYS in facts else None
    cited = f"Said in: {source.document}, {source.publisher}, {source.dated}, {_lower(source.where or '')}. " if source else ""
    return section(
        "said",
        "What was said in January 2017",
        [
            data_table(columns, rows, caption="Statements on record beside the figures held", stack=True),
            html.P(f"{cited}{_source_of(shown, KNOWN_AGE)}", className="source"),
        ],
        say="Neither figure can be followed here to today: they count something else than the series held.",
    )


DAYS_DIFFER = (
    "173 days fits all criminal courts together, where most cases end quickly in a magistrates’ court; the Crown Court’s are the "
    "slow ones. The report names neither the courts nor which average. London’s court region includes the City of London."
)
OPEN_DIFFER = (
    "The report speaks of cases waiting to be heard; the series counts every open case whose age is known, so it should be the larger. "
    "The series has been restated since, and its region includes the City of London."
)


def _days_held(shown: JusticeShown) -> str:
    crown = [
        then_sentence(shown.london[m], LEWISHAM_QUARTERS[1], words)
        for m, words in ((MEAN, "The average at the Crown Court"), (MEDIAN, "the middle case"))
    ]
    every = [
        then_sentence(s, s.known[-1].period, words)
        for m, words in ((ALL_MEAN, "In all courts the average"), (ALL_MEDIAN, "the middle case"))
        if (s := shown.london.get(m)) and s.known
    ]
    only = " No other quarter of all courts is held." if every else ""
    return f"{'; '.join(crown)}. {'; '.join(every)}.{only}" if every else f"{'; '.join(crown)}."


def _not_held(shown: JusticeShown) -> Component:
    charge = shown.nation.get(CHARGE)
    last = newest(charge) if charge else None
    stage = (
        f"From charge to completion is held for England and Wales alone: half of cases took more than {rounded(last.value or 0.0)} days in "
        f"{any_period(last.period)}. "
        if last
        else ""
    )
    facts = {fact.id: fact for fact in stated("justice")}
    trials, conviction = facts.get("lewisham-2017-effective-trials"), facts.get("lewisham-2017-conviction-domestic-abuse")
    half = f"In January 2017 it was said: “{trials.text}” " if trials else ""
    gap = f"In January 2017 it was said: “{conviction.text}” Nothing later is held. " if conviction else ""
    page = shown.london[MEDIAN].citations[0].landing_page
    boxes = [
        ("Anything by borough", "Courts do not publish by borough: a borough’s cases are heard at several courts."),
        ("Days by stage, London", f"{stage}Look in the Ministry of Justice’s criminal court statistics."),
        ("Cases received and finished, London", "The table held gives England and Wales alone. The Ministry of Justice publishes them by court."),
        (
            "Trials effective, cracked or ineffective, and why",
            f"No figure is held. {half}Look in the Ministry of Justice’s criminal court statistics, trial effectiveness.",
        ),
        (
            "Conviction rates by offence",
            f"None is held for London, and none is published by borough. {gap}Look in the Crown Prosecution Service’s data summaries; its area "
            "is London as a whole, the City of London included.",
        ),
    ]
    return section(
        "not-held",
        "What is not held",
        [
            html.Div([empty(what, why) for what, why in boxes], className="flow"),
            links([("Criminal court statistics, Ministry of Justice", page)]),
        ],
    )


def _source(shown: JusticeShown) -> Component:
    cited: dict[str, Citation] = {c.edition: c for s in shown.every_series for c in s.citations}
    return html.Section(
        passport(
            sorted(cited.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows="London, each other region, England and Wales, and each Crown Court of London",
            method=METHOD,
            caveats=tuple(dict.fromkeys(c for s in shown.london.values() for c in s.measure.caveats)),
            next_edition=f"Published each quarter. None after {any_period(shown.london[MEDIAN].points[-1].period)} is held.",
        ),
        **{"aria-label": "Where these numbers come from"},
    )


def _quoted(quote: str, dated: str | None) -> Component:
    return html.Span([f"{dated}: " if dated else "", html.Q(quote)])


def _source_of(shown: JusticeShown, measure: str) -> str:
    found = shown.london.get(measure)
    return source_line(found) if found else ""


def _newest(series: MeasureSeries) -> str:
    return rounded(_value(series))


def _value(series: MeasureSeries) -> float:
    last = newest(series)
    return last.value if last and last.value is not None else 0.0


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


PAGE = Page(
    path="/justice",
    title="Justice",
    description="How long London’s Crown Court cases take beside England and Wales, how many are open and how old, and what is not held.",
    nav="justice",
    order=50,
    layout=layout,
)
