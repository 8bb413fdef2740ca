"""The eight links of the menu, and what stands behind one whose page is not part of this version yet."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NavLink:
    """One link of the menu. `will_show` and `not_held` are what a reader is told where no page answers `path`."""

    key: str
    label: str
    path: str
    will_show: tuple[str, ...]
    not_held: str
    meanwhile: tuple[tuple[str, str], ...] = ()
    """(words, address) of what can be read now."""


NAVIGATION = (
    NavLink(
        "london",
        "London",
        "/london",
        (
            "each London-wide theme as a basket of measures: volume, harm, victims, confidence, outcomes",
            "every borough on one scale, and how much each added to London’s change",
            "a table of areas by measures, and a map with the same figures as a table",
        ),
        "City of London is policed by its own force and is in no Metropolitan Police figure.",
        (("London’s newest figures", "/"), ("Every measure and its source", "/data")),
    ),
    NavLink(
        "boroughs",
        "Boroughs",
        "/boroughs",
        ("the 32 boroughs, the City of London and the 12 police commands, each at its own address",),
        "No figure is held for wards or neighbourhoods in this version.",
        (("London’s newest figures", "/"),),
    ),
    NavLink(
        "priorities",
        "Priorities",
        "/priorities",
        (
            "who agreed which priority, why, on what evidence and from when to when",
            "the expected range fixed on the day it was agreed, and what followed",
            "the retired MOPAC 7 targets, with the reason they ended",
        ),
        "No priority is recorded in this version.",
        (("London’s newest figures", "/"),),
    ),
    NavLink(
        "confidence",
        "Confidence",
        "/confidence",
        (
            "each question of the public attitude survey with its interval, London and each borough",
            "what a borough’s sample can show, and what it cannot",
        ),
        "The survey publishes no figures by group, and none below borough.",
        (("The survey files held", "/data"),),
    ),
    NavLink(
        "justice",
        "Justice",
        "/justice",
        (
            "days from offence to completion, London beside England and Wales",
            "cases open in the Crown Court and how long they have been open",
        ),
        "Courts do not publish by borough. Only finished cases are timed.",
        (("The court files held", "/data"),),
    ),
    NavLink(
        "vulnerability",
        "Vulnerability",
        "/vulnerability",
        (
            "how concentrated harm is: the share that falls on the worst tenth of wards",
            "the gap between the most and the least exposed wards",
        ),
        "No ward figure is loaded in this version, so none is shown.",
        (("The files held", "/data#sources"),),
    ),
    NavLink(
        "meetings",
        "Meetings",
        "/meetings",
        (
            "what changed since a committee last met, one card a screen",
            "questions, actions and recommendations, with what was accepted and what was delivered",
        ),
        "No meeting’s edition is frozen in this version. What a committee can follow up now stands on the pages below.",
        (
            ("The committee’s recommendations: accepted, delivered, not moved", "/recommendations"),
            ("Actions open and overdue", "/recommendations#actions"),
            ("What to ask about now: what has changed, strongest evidence first", "/"),
            ("What the newest edition changed", "/data#revisions"),
        ),
    ),
    NavLink(
        "data",
        "Data",
        "/data",
        ("sources, editions, revisions, checks, breaks in series and the words used here",),
        "The page cannot be shown in this version; the files themselves are under data/ in the code.",
    ),
)
"""In the order of the menu. The wordmark leads Home."""
