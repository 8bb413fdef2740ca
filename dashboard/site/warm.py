"""Pages made before anyone asks for them: when the app starts, and when a new release or a new day makes every kept page old."""

import gc
import time
from collections.abc import Callable, Iterable
from functools import partial
from threading import Event, Thread

import structlog

from dashboard.figures import live_release, queries
from dashboard.site.answer import BOROUGH
from dashboard.site.memory import give_back
from dashboard.site.server import Site
from etl.core import clock
from etl.core.errors import PipelineError

log = structlog.get_logger()
LOOK_EVERY_SECONDS = 2.0
AT_MOST_SECONDS = 90.0
"""How long a new release may wait for its pages to be made."""


class Warmer:
    """Makes the pages at some addresses once for each release and day, one at a time; those of a new release before it is live.

    `rest` is told after each page how many seconds it took: by resting as long it leaves half the time to readers.
    """

    def __init__(self, site: Site, addresses: Callable[[], Iterable[str]], rest: Callable[[float], object]) -> None:
        self._site = site
        self._addresses = addresses
        self._rest = rest
        self._made_for = ""

    def look(self) -> int:
        """How many pages were made: none where they were made already. A release published meanwhile begins anew."""
        releases = live_release.releases()
        try:
            # What pages are made from now, until the next is ready: its readers do not wait.
            served = releases.now() if releases.is_watched else None
            following = releases.look()
            if following is None:
                return self._make_pages()
            is_new = served is None or following.release is not served.release
            del served
            with live_release.answering_from(following):
                made = self._make_pages(AT_MOST_SECONDS) if is_new else 0
            if releases.has_moved():
                return made
            releases.go_over_to(following)
        except PipelineError as error:
            # Nothing to make pages from: readers are told so themselves, and it is looked for again.
            log.warning("not_warmed", reason=str(error))
            return 0
        _give_back_all()
        return made

    def _make_pages(self, at_most_seconds: float = float("inf")) -> int:
        now = _release_and_day()
        if now == self._made_for:
            return 0
        made, began_all = 0, time.perf_counter()
        for address in self._addresses():
            began = time.perf_counter()
            if live_release.releases().has_moved() or began - began_all > at_most_seconds:
                return made
            # Through the app, so that a page that fails is written down as it is for a reader, and the next one is made.
            self._site.server.test_client().get(address, buffered=True)
            made += 1
            self._rest(time.perf_counter() - began)
        self._made_for = now
        give_back()
        log.info("pages_warmed", pages=made, made_for=now)
        return made

    def keep(self, stop: Event) -> None:
        """Looks again and again until told to stop."""
        live_release.releases().watch()
        worked_out = 0
        while True:
            self.look()
            worked_out = self._forget(worked_out)
            if stop.wait(LOOK_EVERY_SECONDS):
                return

    def _forget(self, worked_out: int) -> int:
        try:
            still = live_release.forget_series_once_idle(worked_out)
        except PipelineError:
            return 0  # no release is served: nothing is kept of one
        if worked_out and not still:
            _give_back_all()
        return still


def keep_warm(site: Site) -> None:
    """Keeps the pages of a site that is about to serve made, for as long as this process lives."""
    # What the app was made of stays: left out, it is not gone through again each time a page's remains are cleared away.
    gc.collect()
    gc.freeze()
    # Home is ready before anybody is answered; it asks for most of what the other pages need.
    site.server.test_client().get("/", buffered=True)
    live_release.releases().watch()
    stop = Event()
    Thread(target=Warmer(site, partial(addresses_of, site), stop.wait).keep, args=(stop,), name="warmer", daemon=True).start()


def _give_back_all() -> None:
    """What a release that is closed kept, or series that no page needs any more, goes back to the system."""
    gc.collect()
    give_back()


def addresses_of(site: Site) -> tuple[str, ...]:
    """Every page that needs no choice, in menu order, then every borough's and command's."""
    places = (area.code for kind in ("borough", "bcu") for area in queries.areas(kind))
    return (*site.answers.standing_addresses, *(f"{BOROUGH}{code}" for code in places))


def _release_and_day() -> str:
    return f"{queries.release().name} {clock.today()}"
