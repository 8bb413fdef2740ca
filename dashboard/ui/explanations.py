"""Beside a figure that changed: the explanation signed for it, or that none is recorded; and where either is put right."""

from collections.abc import Mapping, Sequence

from dashboard.figures import queries_register
from dashboard.figures.explanations import explained_by, explanations, signals
from dashboard.figures.records import Verdict
from dashboard.register.areas import BOROUGHS
from dashboard.register.measures import candidates
from dashboard.register.records import CommentaryRecord
from dashboard.register.years import london_date
from dashboard.ui import html
from dashboard.ui.addresses import explain_address, explanation_address, raise_address
from dashboard.ui.html import Element
from dashboard.ui.notice import tag
from etl.core.areas import LONDON
from etl.core.state import SIGNALS
from etl.core.written import count_word, day

NONE_RECORDED = "No explanation recorded."


def explanation_of(verdict: Verdict, *, chart: str) -> list[Element]:
    """What explains a verdict, and the links to explain it and to raise an action about it.

    Nothing where nothing changed, or where nobody signs (a police command, a court). `chart`: the address of the page.
    """
    if not _may_be_explained(verdict):
        return []
    notes = explanations(verdict)
    if not notes and verdict.state not in SIGNALS:
        return []
    content = [part for note in notes for part in _note(note)] or [html.P(NONE_RECORDED, className="strong")]
    return [*content, *ask_about(verdict, chart=chart)]


def ask_about(verdict: Verdict, *, chart: str) -> list[Element]:
    """The links to explain a figure and to raise an action about it, changed or not; nothing where nobody signs for the place."""
    if verdict.window is None or not _may_be_explained(verdict):
        return []
    explain_link = html.A("Explain this figure", href=explain_address(verdict.measure, verdict.area, *verdict.window))
    action_link = html.A("raise an action about it", href=raise_address(verdict.measure, verdict.area, chart))
    return [html.P([explain_link, " or ", action_link, " (needs an account)."], className="small quiet no-print")]


def explained_words(verdicts: Sequence[Verdict]) -> str:
    """How many changes of a list are explained: "None of the 26 changes has an explanation on record."; "" for no change."""
    changes = signals(verdicts)
    if not changes or not queries_register.is_readable():
        return ""
    return how_many_explained(len(explained_by(changes)), len(changes))


def how_many_explained(explained: int, changes: int) -> str:
    """The same in numbers: 0 of 2 is "Neither of the two changes has an explanation on record."."""
    if changes == 1:
        return "The change has an explanation on record." if explained else "No explanation of the change is on record."
    if changes == explained == 2:
        return "Both changes have an explanation on record."
    none = "neither" if changes == 2 else "none"
    count_words = count_word(explained) if explained else none
    verb = "have" if explained > 1 else "has"
    return f"{count_words.capitalize()} of the {count_word(changes)} changes {verb} an explanation on record."


def explained_link(verdict: Verdict, explained: Mapping[tuple[str, str], Sequence[CommentaryRecord]]) -> list[str | Element]:
    """A link to the newest explanation of a change, to stand in a row; nothing where there is none."""
    notes = explained.get((verdict.measure, verdict.area), ())
    return [" ", html.A("Explained", href=explanation_address(notes[0].id), className="small")] if notes else []


def _may_be_explained(verdict: Verdict) -> bool:
    # Of a register that cannot be read nothing is said, least of all that it holds nothing.
    has_someone_to_sign = verdict.area in (LONDON, *BOROUGHS) and verdict.measure in candidates().known
    return has_someone_to_sign and verdict.window is not None and queries_register.is_readable()


def _note(note: CommentaryRecord) -> list[Element]:
    label: list[str | Element] = [tag(note.label, is_example=True), " "] if note.label else []
    signature = f"Signed by {note.signed_by}, {day(london_date(note.signed_at))}. "
    link = html.A("The explanation", href=explanation_address(note.id))
    return [html.P([*label, note.text], className="written"), html.P([signature, link], className="source")]
