"""Pictures at addresses of their own: `/chart/<release>/<kind>/<measure>/<area>.svg`.

The address names the release, which never changes, so a browser or a document may keep the picture for ever.
"""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from flask import Flask, Response
from werkzeug.wrappers import Response as AnyResponse

from dashboard.charts.line import card, line
from dashboard.charts.standalone_svg import standalone
from dashboard.figures import queries
from dashboard.figures.live_release import release_named
from dashboard.figures.release_folder import NoSuchRelease
from dashboard.site.kept_answers import KeptAnswers, tag_of
from dashboard.site.own_address import lead_to
from dashboard.site.workshop import Workshop
from dashboard.ui.page import Download

LIVE = "live"
MOST_BYTES = 8 * 1024 * 1024
"""Of pictures, beside the pages: whoever asks for every picture there is drives no page out."""
FOR_EVER = "public, max-age=31536000, immutable"


def _wide(measure: str, area: str) -> str:
    return line(queries.measure_series(measure, area), 860, verdict=queries.verdict(measure, area))


def _narrow(measure: str, area: str) -> str:
    return line(queries.measure_series(measure, area), 340, verdict=queries.verdict(measure, area))


def _small(measure: str, area: str) -> str:
    return card(queries.measure_series(measure, area), verdict=queries.verdict(measure, area))


KINDS: Mapping[str, Callable[[str, str], str]] = {"line": _wide, "line-narrow": _narrow, "card": _small}
"""What can be drawn: the whole series at 860 and at 340 px, and the small one of a card. Each takes a measure and an area."""


def drawing_address(kind: str, measure: str, area: str) -> str:
    """Address of one picture in the live release.

    Raises:
        KeyError: there is no such kind of picture.
    """
    KINDS[kind]
    return f"/chart/{queries.release().name}/{kind}/{quote(measure)}/{quote(area)}.svg"


def serve_drawings(server: Flask, workshop: Workshop) -> None:
    """Answers the addresses of pictures; `live` in place of the release leads to the picture of today's."""
    kept = KeptAnswers(workshop, MOST_BYTES)

    @server.get("/chart/<release>/<kind>/<measure>/<area>.svg")
    def drawing(release: str, kind: str, measure: str, area: str) -> AnyResponse:
        if kind not in KINDS:
            return _plain_answer(f"There is no picture of that kind. There are: {', '.join(KINDS)}.", 404)
        try:
            queries.measure(measure)
            queries.area(area)
            if release == LIVE:
                response = lead_to(drawing_address(kind, measure, area), 302)
                response.headers["Cache-Control"] = "no-cache"
                return response
            tag = tag_of("picture", release, kind, measure, area)
            picture = kept.file(tag, lambda: _picture(release, kind, measure, area)).content
        except LookupError as error:
            return _plain_answer(f"{error}.", 404)
        return Response(picture, 200, mimetype="image/svg+xml", headers={"Cache-Control": FOR_EVER})


def _picture(release: str, kind: str, measure: str, area: str) -> Download:
    """One picture from the release of that name: an older one answers for as long as its file is there and good.

    Raises:
        LookupError: no such release is there any more, or it has no such figures.
    """
    try:
        with release_named(release):
            return Download(f"{measure}.svg", "image/svg+xml", standalone(KINDS[kind](measure, area)).encode())
    except NoSuchRelease:
        raise LookupError("That release is no longer held. Put “live” in its place for today's picture") from None


def _plain_answer(text: str, status: int) -> Response:
    return Response(text, status, mimetype="text/plain")
