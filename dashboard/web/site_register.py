"""The register of this process, what the web side is set to, and the time. One register an address, opened once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from flask import current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard.register import demo, seed
from dashboard.register.errors import RegisterError
from dashboard.register.facts import read_facts
from dashboard.register.measures import PLANS_DIR
from dashboard.register.store import SQLITE, is_demonstration, migrate, open_register, register_url, site_register
from dashboard.register.time_limits import STARTING
from dashboard.settings import Settings
from dashboard.site.answer import Answers
from dashboard.ui.navigation import MenuLink
from dashboard.web.limits import Tries, network_of
from etl.core import clock

log = structlog.get_logger()
EXTENSION = "signed_in_side"


@dataclass(frozen=True)
class Web:
    """What the routes need of the app they are part of."""

    settings: Settings
    answers: Answers
    respond: Callable[[Any], Any]
    """One whole page as a response: the site's own."""
    tries: Tries
    """How often who has tried what."""
    now: Callable[[], datetime]
    menu: tuple[MenuLink, ...]


def web() -> Web:
    """The web side of the app that answers this request."""
    web_side: Web = current_app.extensions[EXTENSION]
    return web_side


def network() -> str:
    """The network this request comes from."""
    return network_of(request.remote_addr)


def utc_now() -> datetime:
    """The moment it is."""
    return clock.now()


def now() -> datetime:
    """The moment this request is answered."""
    return web().now()


@contextmanager
def reading() -> Iterator[Session]:
    """A session over the register to read with."""
    with site_register(register_url()).reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A session to change the register with, for a request that passed the guard of a route that changes something.

    Raises:
        RuntimeError: it did not; a fault in the program.
    """
    if not g.get("may_write", False):
        raise RuntimeError("a request that changes nothing asked to write")
    with site_register(register_url()).writing() as session:
        yield session


@contextmanager
def keeping_sessions() -> Iterator[Session]:
    """A writing session for who is signed in where, and nothing else."""
    with site_register(register_url()).noting() as session:
        yield session


def make_ready(url: str, ranges_of_examples: demo.Given | None) -> None:
    """An SQLite register with today's tables and the public record in it; made if there is none. Another engine: checked only.

    A demonstration's own register is filled with examples too, each with the range `ranges_of_examples` gives it.

    Raises:
        RegisterUnavailable: it cannot be reached, or has to be written and cannot be.
        NotReady: a register on another engine has not been brought up to date by its command.
    """
    register = open_register(url, STARTING)
    try:
        if register.engine.dialect.name != SQLITE:
            register.require_ready()
            return
        if not register.is_ready():
            migrate(register, "head")
        with register.writing() as session:
            seed.seed(session, read_facts(PLANS_DIR), now=utc_now())
            if is_demonstration():
                demo.fill(session, now=utc_now(), range_of=ranges_of_examples)
    finally:
        register.close()


def make_ready_if_possible(url: str, ranges_of_examples: demo.Given | None) -> None:
    """The same, but a register that cannot be made ready keeps nobody from the figures: it is written down."""
    try:
        make_ready(url, ranges_of_examples)
    except (RegisterError, SQLAlchemyError, OSError) as error:
        log.warning("register_not_ready", reason=str(error)[:300])
