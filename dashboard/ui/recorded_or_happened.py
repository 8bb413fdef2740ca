"""The card beside a change whose direction is not judged: what points to recording, what to crime."""

from collections.abc import Sequence

from dashboard.figures.recorded_or_happened import pointers
from dashboard.figures.records import Verdict
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.words import recorded_or_happened as words


def recorded_or_happened(verdict: Verdict | None, *, level: int = 3) -> list[Element]:
    """The card for a count that moved where more is neither better nor worse; nothing for every other verdict."""
    known = pointers(verdict) if verdict is not None else None
    if known is None:
        return []
    heading = {2: html.H2, 3: html.H3, 4: html.H4}[level]
    sides = [("Points to recording", words.to_recording(known)), ("Points to crime", words.to_crime(known))]
    content: list[Element] = [heading(words.TITLE)]
    for title, sentences in sides:
        content += _side(title, sentences)
    content.append(html.P(f"{words.NOT_LOADED} {words.OPEN}", className="small"))
    return [html.Div(content, className="card flow-s")]


def _side(title: str, sentences: Sequence[str]) -> list[Element]:
    if not sentences:
        return [html.P([html.Strong(f"{title}: "), "nothing known here."])]
    return [html.P(html.Strong(title)), html.Ul([html.Li(sentence) for sentence in sentences], className="list")]
