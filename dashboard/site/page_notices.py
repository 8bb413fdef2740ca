"""What is said on a page that is kept and belongs to one moment or one request: where it stands, and how it is put in."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.site.kept_answers import Answer
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.notice import notice
from dashboard.ui.render import to_html

ABOUT_SLOT, SLOT = html.Div("\1"), html.Div("\0")
"""Stand in a page while it is made: for what is wrong with its release, and for one request. No other text is those signs."""
MOST_NAMES = 3


def without_slots(answer: Answer) -> Answer:
    """The page as it is kept: without the slots, and with where they stood."""
    body, about_at = _without(ABOUT_SLOT, answer.body)
    body, notices_at = _without(SLOT, body)
    return replace(answer, body=body, about_at=about_at, notices_at=notices_at)


def with_notices(answer: Answer, about: Sequence[Element], ignored: Sequence[Element]) -> Answer:
    """The page, and on it what is wrong with its release and which names in its address mean nothing; the kept one stays."""
    if not about and not ignored:
        return answer
    body, first, then = answer.body, answer.about_at, answer.notices_at
    written = "".join((body[:first], *map(to_html, about), body[first:then], *map(to_html, ignored), body[then:]))
    return replace(answer, body=written, tag="")


def ignored_names(unknown: tuple[str, ...]) -> list[Element]:
    """What a page says of names in its address that mean nothing; nothing where there are none."""
    if not unknown:
        return []
    names = ", ".join(f"“{name}”" for name in unknown[:MOST_NAMES])
    more = f" and {len(unknown) - MOST_NAMES} more" if len(unknown) > MOST_NAMES else ""
    return [notice("quietly", f"{names}{more} in this address means nothing here.", "The page is shown without it.")]


def _without(slot: Element, body: str) -> tuple[str, int]:
    before, _, after = body.partition(to_html(slot))
    return before + after, len(before)
