"""What stands round every page: skip link, masthead, menu, notices, footer."""

from collections.abc import Sequence
from datetime import date

from dashboard.figures.live_release import trouble
from dashboard.figures.records import Release
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.links import Link
from dashboard.ui.navigation import MenuLink
from dashboard.ui.notice import notice
from dashboard.ui.raw import Raw
from etl.core.errors import Fault
from etl.core.written import day, month

SITE = "Policing London"
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
# One pattern for the whole page: a map or a bar refers to it as url(#hatch), which needs it rendered, so it is not `hidden`.
HATCH = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<line x1="0" y1="0" x2="0" y2="6" stroke="#6a7681" stroke-width="1.2"/></pattern></defs></svg>'
)
NOT_ALL_CRIME = "Recorded crime is what was reported to and recorded by the police. It is not all crime."
BOUNDARIES = (
    ". Boundaries contain National Statistics data © Crown copyright and database right, "
    "and OS data © Crown copyright and database right."
)

FOOTER: tuple[Link, ...] = (
    ("Every measure", "/measure"),
    ("Recommendations", "/recommendations"),
    ("MOPAC 7, then and now", "/mopac-7"),
    ("Data and methods", "/data"),
    ("Words used here", "/data/words"),
    ("Accessibility statement", "/data/accessibility"),
    ("Sign in, or see your work", "/my-work"),
)

Content = Element | Sequence[Element]


def framed(
    content: Content,
    *,
    menu: Sequence[MenuLink],
    nav: str | None,
    release: Release | None,
    notices: Sequence[Element] = (),
    account: Sequence[Link] = (),
    about: Sequence[Element] | None = None,
) -> html.Div:
    """The whole page round `content`; its notices come after its opening words, so that the finding is read first.

    `about` is what is said of the release before them, where that is not what there is to say now; `account` are the links of
    whoever is signed in: only a page made for one reader may have them.

    Without a release (nothing is built, or it cannot be opened) the masthead says so.
    """
    parts = [content] if isinstance(content, Element) else list(content)
    all_notices = [*(about_release(release) if about is None else about), *notices]
    return html.Div(
        [
            Raw(HATCH, className="defs"),
            html.A("Skip to the content", href="#main", className="skip"),
            html.Header([_masthead(release), _menu(menu, nav), *_account(account)]),
            html.Main(html.Div(_with_notices(parts, all_notices), className="wrap"), id="main", tabIndex="-1"),
            _footer(release),
        ],
        className="page",
    )


def breadcrumb(pages_above: Sequence[Link], page_name: str) -> html.Nav:
    """Where the page stands: (words, address) of each page above it, then its own name. First on every page but Home."""
    steps = [html.Li(html.A(words, href=address)) for words, address in pages_above]
    return html.Nav(
        html.Ol([*steps, html.Li(page_name, **attributes(aria_current="page"))]),
        className="crumbs",
        **attributes(aria_label="Breadcrumb"),
    )


def margin_text(title: str, release: Release | None) -> str:
    """What stands in the bottom margin of every printed sheet: page, period, release, licence."""
    dates = f" {_dates(release)} Release {release.name}." if release else ""
    return f"{SITE}. {title}.{dates} {LICENCE}"


def about_release(release: Release | None) -> list[Element]:
    """What every page says while its figures are not those of the release that should be live, or that release's file is bad."""
    what = trouble() if release else None
    if release is None or what is None or not what.concerns_readers:
        return []
    if what.is_instead:
        newest = f"were published on {day(release.published_on)}" if release.is_date_given else f"are of {month(release.data_to)}"
        instead = f"This page shows the release {release.name}, whose newest figures {newest}."
        return [notice("late", "The newest release could not be opened.", instead)]
    if what.fault is Fault.UNPROVED:
        return [notice("late", "Nothing shows any more that these figures are as they were published.", "They may be right.")]
    return [notice("late", "The file of these figures is damaged or gone.", "They are shown as they were published.")]


def _with_notices(parts: list[Element], notices: Sequence[Element]) -> list[Element]:
    for index, part in enumerate(parts):
        if "lead" in part.classes:
            return [*parts[: index + 1], *notices, *parts[index + 1 :]]
    return [*notices, *parts]


def _masthead(release: Release | None) -> html.Div:
    wordmark = html.A([f"{SITE} ", html.Span("priorities and progress")], href="/", className="wordmark")
    dates = html.Span(_dates(release) if release else "No figures are loaded.", className="release")
    return html.Div(html.Div([wordmark, dates], className="wrap"), className="masthead")


def _account(account: Sequence[Link]) -> list[Element]:
    if not account:
        return []
    links = html.Div([html.A(words, href=address) for words, address in account], className="wrap account")
    return [html.Nav(links, className="no-print", **attributes(aria_label="Your account"))]


def _dates(release: Release) -> str:
    published = f"Published {day(release.published_on)}." if release.is_date_given else "Publication date not given."
    return f"Recorded crime to {month(release.data_to)}. {published}"


def _menu(menu: Sequence[MenuLink], current: str | None) -> html.Nav:
    links = [
        html.Li(html.A(link.label, href=link.path, **attributes(aria_current="page" if link.key == current else None)))
        for link in menu
    ]
    return html.Nav(html.Div(html.Ul(links), className="wrap"), className="nav", **attributes(aria_label="Main"))


def _footer(release: Release | None) -> html.Footer:
    licence: list[str | Element] = [
        "Contains public sector information licensed under the ",
        html.A("Open Government Licence v3.0", href=OGL),
        BOUNDARIES,
    ]
    built = f"Release {release.name}, built here on {day(date.fromisoformat(release.built_at[:10]))}." if release else ""
    edition = [html.P(built, className="quiet")] if built else []
    words = html.Div([html.P(licence), html.P(NOT_ALL_CRIME, className="quiet"), *edition], className="flow-s")
    links = [html.Li(html.A(text, href=address)) for text, address in FOOTER]
    return html.Footer(html.Div([words, html.Ul(links, className="no-print")], className="wrap"), className="footer")
