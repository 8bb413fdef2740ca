"""What has just been done, said once at the top of the next page: a change that nothing confirms is made twice."""

from datetime import timedelta
from types import MappingProxyType

from flask import Response, g

from dashboard.site.own_address import lead_to
from dashboard.ui.html import Element
from dashboard.ui.notice import notice
from dashboard.web import sessions

COOKIE = "done"
_LASTS = timedelta(minutes=10)
MESSAGES = MappingProxyType(
    {
        "invitation": ("Your password is chosen.", "Sign in with it."),
        "sign out": ("You are signed out.", "What you saved stays."),
        "password": ("Your password is changed.", "Your other browsers are signed out."),
        "account": ("The account is saved.", "Its owner is signed out everywhere, and signs in again as what it now is."),
        "draft": ("Your draft is saved.", "Only you can see it until you propose it."),
        "propose": ("It is proposed.", "It is public from today, and anyone may comment while its notice runs."),
        "edit": ("Your change is saved.", "Its notice begins again today, and whoever had signed must sign again."),
        "record": ("It is on record.", "Anyone may read it here, with where it was found."),
        "comment": ("The comment is recorded.", "It stands below, with the name that was given."),
        "send a comment in": ("Your comment has been received.", "It is shown here once it has been read."),
        "show a comment": ("The comment is shown.", "Anyone may read it below."),
        "set a comment aside": ("The comment is set aside.", "It is counted below, with your reason."),
        "sign": ("Your signature is recorded.", "Someone from another body must sign too before it is agreed."),
        "agree": ("Your signature is recorded.", "Two bodies have signed: it is agreed, and what is expected of it is fixed."),
        "bring into force": ("It is in force.", ""),
        "amend": ("Its review is moved.", "Why is in its history."),
        "end": ("It has ended.", "It stays here with what followed."),
        "score": ("It is scored.", "What came stands below, beside what was expected."),
        "withdraw": ("It is withdrawn.", "It stays in the register."),
        "explain": ("Your explanation is signed.", "It stands beside the figure from now on."),
        "raise": ("The action is raised.", "It is listed as overdue once its day has passed."),
        "change": ("Your change is saved.", "What it was stays in its history."),
        "close": ("The action is closed.", "What came of it stands below."),
        "answer": ("Your answer is recorded.", "It stands below with its day."),
        "judge": ("Where it stands is recorded.", "It stands below with its day, beside those before it."),
        "recommend": ("The recommendation is on record.", "Anyone may read it."),
    }
)


def go_on(address: str, done: str) -> Response:
    """On to a page of this site, which says what has been done.

    Raises:
        KeyError: there are no words for it.
    """
    return remember(lead_to(address, 303), done)


def remember(response: Response, done: str) -> Response:
    """The response, after which the next page says what has been done."""
    # A number, and the words are ours: nobody can put words of their own on a page with it.
    sessions.set_short(response, COOKIE, str(list(MESSAGES).index(done)), _LASTS)
    return response


def message() -> list[Element]:
    """What has just been done, if anything; the answer to this request forgets it (`forget`)."""
    messages = {str(number): words for number, words in enumerate(MESSAGES.values())}
    words = messages.get(sessions.short(COOKIE))
    if words is None:
        return []
    g.was_shown = True
    return [notice("quietly", *words)]


def forget(response: Response) -> Response:
    """Takes away what has been said."""
    if g.get("was_shown", False):
        sessions.take_short(response, COOKIE)
    return response
