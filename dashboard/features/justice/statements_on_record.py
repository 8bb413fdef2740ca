"""What was said of London's courts years ago beside the figures held, and what is not held, with where to look."""

from collections.abc import Sequence

from dashboard.features.justice.view_model import (
    ALL_MEAN,
    ALL_MEDIAN,
    CHARGE,
    KNOWN_AGE,
    LEWISHAM_QUARTERS,
    MEAN,
    MEDIAN,
    JusticeShown,
)
from dashboard.features.justice.words import open_then_sentence, then_sentence
from dashboard.figures.compare import newest
from dashboard.figures.public_record import stated
from dashboard.register.facts import StatedFactEntry
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from etl.core.written import any_period, listed, number, rounded

DAYS, OPEN_THEN = "lewisham-2017-offence-to-completion", "lewisham-2017-open-crown-cases"


def said_section(shown: JusticeShown) -> Element:
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
            html.P(
                f"{cited}{_source_of(shown, MEDIAN)} {_source_of(shown, KNOWN_AGE)} {_source_of(shown, ALL_MEAN)}",
                className="source",
            ),
        ],
        say="What each counts was not stated, so neither is compared with today.",
    )


DAYS_DIFFER = (
    "173 days lies near the figure for all criminal courts together, where most cases end quickly in a magistrates’ "
    "court; the Crown "
    "Court’s are the slow ones. The report names neither the courts nor which average. London’s court region includes the "
    "City of London."
)
OPEN_DIFFER = (
    "The report speaks of cases waiting to be heard; the series counts every open case whose age is known, so it should "
    "be the larger. "
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


def not_held_section(shown: JusticeShown) -> Element:
    """What London’s courts do not publish or is not held here, each with where to look."""
    charge = shown.nation.get(CHARGE)
    last = newest(charge) if charge else None
    stage = (
        "From charge to completion is held for England and Wales alone: half of cases took more than "
        f"{rounded(last.value or 0.0)} days in "
        f"{any_period(last.period)}. "
        if last
        else ""
    )
    facts = {fact.id: fact for fact in stated("justice")}
    trials, cracked = facts.get("lewisham-2017-effective-trials"), facts.get("lewisham-2017-cracked-trials")
    quoted = "; ".join(f"“{f.sources[0].quote}”" for f in (trials, cracked) if f)
    half = f"In January 2017 it was said: {quoted}." if quoted else ""
    gap = conviction_sentence([f for key, f in facts.items() if key.startswith("lewisham-2017-conviction-")])
    page = shown.london[MEDIAN].citations[0].landing_page
    boxes = [
        ("Anything by borough", "Courts do not publish by borough: a borough’s cases are heard at several courts."),
        ("Days by stage, London", f"{stage}Look in the Ministry of Justice’s criminal court statistics."),
        (
            "Cases received and finished, London",
            "The table held gives England and Wales alone. The Ministry of Justice publishes them by court.",
        ),
        (
            "Trials effective, cracked or ineffective, and why",
            f"No figure is held. {half} Look in the Ministry of Justice’s criminal court statistics, trial effectiveness.",
        ),
        (
            "Conviction rates by offence",
            f"None is held for London, and none is published by borough. {gap} Look in the Crown Prosecution Service’s data "
            "summaries; its area "
            "is London as a whole, the City of London included.",
        ),
    ]
    return section(
        "not-held",
        "What is not held",
        [
            html.Div([empty(what, why) for what, why in boxes], className="split even"),
            links([("Criminal court statistics, Ministry of Justice", page)]),
        ],
    )


def conviction_sentence(facts: Sequence[StatedFactEntry]) -> str:
    """By how much London's conviction rates were said to be lower, offence by offence, with the day it was said."""
    told = tuple(f"{number(f.value)}% for {f.unit.rsplit(', ', 1)[-1]}" for f in facts if f.value is not None)
    if not told:
        return ""
    return (
        "In January 2017 Lewisham’s councillors were told that London’s were lower than in the rest of England and Wales: "
        f"{listed(told)} (2015/16). Whether that has changed cannot be shown."
    )


def _quoted(quote: str, dated: str | None) -> Element:
    return html.Span([f"{dated}: " if dated else "", html.Q(quote)])


def _source_of(shown: JusticeShown, measure: str) -> str:
    found = shown.london.get(measure)
    return source_line(found) if found else ""


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
