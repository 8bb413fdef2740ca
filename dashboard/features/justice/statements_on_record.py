"""What was said of London's courts years ago beside the figures held, and what is not held, with where to look."""

from collections.abc import Sequence

from dashboard.features.justice.blocks import source_of
from dashboard.features.justice.view_model import (
    ALL_MEAN,
    ALL_MEDIAN,
    CHARGE,
    KNOWN_AGE,
    LEWISHAM_QUARTERS,
    MEAN,
    MEDIAN,
    JusticeFigures,
)
from dashboard.features.justice.words import open_then_sentence, then_sentence
from dashboard.figures.compare import newest
from dashboard.figures.public_record import stated
from dashboard.register.facts import StatedFactEntry
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from etl.core.written import any_period, listed, number, rounded

DAYS, OPEN_THEN = "lewisham-2017-offence-to-completion", "lewisham-2017-open-crown-cases"


def statements_section(figures: JusticeFigures) -> Element:
    """What councillors were told in 2017, dated, beside what the series held say and why the two may differ."""
    facts = {fact.id: fact for fact in stated("justice")}
    rows = []
    if days_fact := facts.get(DAYS):
        rows.append(
            (
                _quoted(days_fact.sources[0].quote or days_fact.text, days_fact.sources[0].dated),
                _days_sentence(figures),
                DAYS_DIFFER,
            )
        )
    if open_cases_fact := facts.get(OPEN_THEN):
        known_age = figures.london.get(KNOWN_AGE)
        series_sentence = (
            f"{open_then_sentence(known_age, LEWISHAM_QUARTERS)}, of cases whose age is known." if known_age else "None is held."
        )
        rows.append(
            (
                _quoted(open_cases_fact.sources[0].quote or open_cases_fact.text, open_cases_fact.sources[0].dated),
                series_sentence,
                OPEN_DIFFER,
            )
        )
    columns = (Column("What was said"), Column("What the series held say"), Column("Why they may differ"))
    source = facts[DAYS].sources[0] if DAYS in facts else None
    report_words = (
        f"Said in: {source.document}, {source.publisher}, {source.dated}, {_lower(source.where or '')}. " if source else ""
    )
    return section(
        "said",
        "What was said in January 2017",
        [
            data_table(columns, rows, caption="Statements on record beside the figures held", stack=True),
            html.P(
                f"{report_words}{source_of(figures, MEDIAN)} {source_of(figures, KNOWN_AGE)} {source_of(figures, ALL_MEAN)}",
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


def _days_sentence(figures: JusticeFigures) -> str:
    crown_sentences = [
        then_sentence(figures.london[m], LEWISHAM_QUARTERS[1], words)
        for m, words in ((MEAN, "The average at the Crown Court"), (MEDIAN, "the middle case"))
    ]
    all_courts_sentences = [
        then_sentence(s, s.known[-1].period, words)
        for m, words in ((ALL_MEAN, "In all courts the average"), (ALL_MEDIAN, "the middle case"))
        if (s := figures.london.get(m)) and s.known
    ]
    only_quarter = " No other quarter of all courts is held." if all_courts_sentences else ""
    return (
        f"{'; '.join(crown_sentences)}. {'; '.join(all_courts_sentences)}.{only_quarter}"
        if all_courts_sentences
        else f"{'; '.join(crown_sentences)}."
    )


def not_held_section(figures: JusticeFigures) -> Element:
    """What London’s courts do not publish or is not held here, each with where to look."""
    charge_series = figures.nation.get(CHARGE)
    last = newest(charge_series) if charge_series else None
    charge_sentence = (
        "From charge to completion is held for England and Wales alone: half of cases took more than "
        f"{rounded(last.value or 0.0)} days in "
        f"{any_period(last.period)}. "
        if last
        else ""
    )
    facts = {fact.id: fact for fact in stated("justice")}
    trials, cracked = facts.get("lewisham-2017-effective-trials"), facts.get("lewisham-2017-cracked-trials")
    quotes = "; ".join(f"“{f.sources[0].quote}”" for f in (trials, cracked) if f)
    trials_sentence = f"In January 2017 it was said: {quotes}." if quotes else ""
    convictions_sentence = conviction_sentence([f for key, f in facts.items() if key.startswith("lewisham-2017-conviction-")])
    ministry_page = figures.london[MEDIAN].citations[0].landing_page
    figures_not_held = [
        ("Anything by borough", "Courts do not publish by borough: a borough’s cases are heard at several courts."),
        ("Days by stage, London", f"{charge_sentence}Look in the Ministry of Justice’s criminal court statistics."),
        (
            "Cases received and finished, London",
            "The table held gives England and Wales alone. The Ministry of Justice publishes them by court.",
        ),
        (
            "Trials effective, cracked or ineffective, and why",
            f"No figure is held. {trials_sentence} Look in the Ministry of Justice’s criminal court statistics, "
            "trial effectiveness.",
        ),
        (
            "Conviction rates by offence",
            f"None is held for London, and none is published by borough. {convictions_sentence} Look in the Crown Prosecution "
            "Service’s data summaries; its area is London as a whole, the City of London included.",
        ),
    ]
    return section(
        "not-held",
        "What is not held",
        [
            html.Div([empty(what, why) for what, why in figures_not_held], className="split even"),
            links([("Criminal court statistics, Ministry of Justice", ministry_page)]),
        ],
    )


def conviction_sentence(facts: Sequence[StatedFactEntry]) -> str:
    """By how much London's conviction rates were said to be lower, offence by offence, with the day it was said."""
    rates = tuple(f"{number(f.value)}% for {f.unit.rsplit(', ', 1)[-1]}" for f in facts if f.value is not None)
    if not rates:
        return ""
    return (
        "In January 2017 Lewisham’s councillors were told that London’s were lower than in the rest of England and Wales: "
        f"{listed(rates)} (2015/16). Whether that has changed cannot be shown."
    )


def _quoted(quote: str, dated: str | None) -> Element:
    return html.Span([f"{dated}: " if dated else "", html.Q(quote)])


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
