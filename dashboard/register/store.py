"""Opening the register: SQLite in WAL mode by default, PostgreSQL by address; and bringing it up to date."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Select, String, column, inspect, make_url, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard.register.audit import RegisterSession, take_turn
from dashboard.register.availability import OTHER_TABLES, Availability, is_of_the_register
from dashboard.register.errors import NothingWritable, NotReady, OtherTables
from dashboard.register.postgres import postgres_engine, without_postgres_site
from dashboard.register.site_lock import share, without_site
from dashboard.register.sqlite import FILE, WRITES, WatchedFile, empty_log, file_of, make_file, sqlite_engine
from dashboard.register.time_limits import COMMANDS, SERVING, TimeLimits, at_most

if TYPE_CHECKING:
    from alembic.config import Config

DEFAULT_FILE = Path("data/register/register.sqlite")
DEMONSTRATION_FILE = Path("data/register/demonstration.sqlite")
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
NOT_READY = "The register is not ready: run `python -m dashboard.register init`."
MOST_OPEN = 4
_REVISIONS: Select[str] = select(column("version_num", String)).select_from(table(VERSION_TABLE))


def is_demonstration() -> bool:
    """Whether the program was started to show how it works (DEMO=1): a register of its own, filled with made-up entries."""
    return os.environ.get("DEMO", "").lower() in {"1", "true", "yes"}


def register_url() -> str:
    """The register's address: REGISTER_URL, or the SQLite file under data/register/.

    A demonstration always has a file of its own, so that nothing made up ever reaches a real register.
    """
    if is_demonstration():
        return f"sqlite:///{DEMONSTRATION_FILE}"
    return os.environ.get("REGISTER_URL") or f"sqlite:///{DEFAULT_FILE}"


@dataclass(frozen=True)
class Register:
    """An open register. Give `reading` to read functions, `writing` to anything that changes something.

    Both raise RegisterUnavailable where the database can't be reached, read or written, and never wait for longer than `limits`.
    """

    engine: Engine
    limits: TimeLimits
    reads: Availability
    writes: Availability
    file: WatchedFile | None = None
    is_serving: bool = False
    lock: int | None = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one consistent view; whatever it holds is let go at the end."""
        with self._using(self.reads, self.limits.reading), RegisterSession(self.engine) as session:
            if self.is_serving:
                require_tables(session.connection())
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed if nothing raised, and leaves nothing behind if something did. One at a time."""
        with self.noting() as session:
            # What one writer checked (a third volume priority) no other can undo meanwhile.
            take_turn(session)
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """The same for who is signed in where: it waits for no other writer, unless what it does enters the audit."""
        with self._using(self.writes, self.limits.writing):
            with RegisterSession(self.engine.execution_options(**{WRITES: True})) as session, session.begin():
                written_file = self._begun(session).info.get(FILE)
                yield session
            if self.file is not None:
                # Whoever is told that something is kept can find it again: not in a file that was taken away while it was kept.
                self.file.require(written_file)
                if self.is_serving:
                    empty_log(self.engine)

    def is_ready(self) -> bool:
        """True where the tables are those this program needs."""
        with self._using(self.reads, self.limits.reading), self.engine.connect() as connection:
            return tables_fit(connection)

    def require_ready(self) -> None:
        """Nothing, if the tables are those this program needs.

        Raises:
            NotReady: they are not.
        """
        if not self.is_ready():
            raise NotReady(NOT_READY)

    def look(self) -> None:
        """Asks the least there is to read. Nobody's page waits for this: it may take as long as a change.

        Raises:
            RegisterUnavailable, SQLAlchemyError: it does not answer, or has other tables.
        """
        with at_most(self.limits.writing), self.engine.connect() as connection:
            require_tables(connection)

    def look_whether_writable(self) -> None:
        """Begins to write, and writes nothing; where writing failed before, what is there already is written once more.

        Raises:
            RegisterUnavailable, SQLAlchemyError: nothing may be written now.
        """
        with at_most(self.limits.writing), self.engine.execution_options(**{WRITES: True}).connect() as connection:
            require_tables(connection)
            if connection.dialect.name == POSTGRESQL:
                if connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
                    raise NothingWritable("it may be read but not written")
            elif self.writes.outage is not None:
                number = connection.exec_driver_sql("PRAGMA user_version").scalar()
                connection.exec_driver_sql(f"PRAGMA user_version={number}")
                connection.commit()
        if self.file is not None:
            self.file.require_room()

    def require_writable(self) -> None:
        """Nothing, where something can be written.

        Raises:
            RegisterUnavailable: nothing can.
        """
        with self._using(self.writes, self.limits.reading):
            self.look_whether_writable()

    def without_site(self) -> AbstractContextManager[None]:
        """Inside it no site has this register open, nor opens it.

        Raises:
            SiteIsOpen: one has it open.
        """
        if self.file is not None:
            return without_site(self.file.path)
        return without_postgres_site(self.engine) if self.engine.dialect.name == POSTGRESQL else nullcontext()

    def close(self) -> None:
        """Let go of every connection."""
        self.reads.close()
        self.writes.close()
        if self.file is not None:
            self.file.let_go()
            if self.file.is_there():
                empty_log(self.engine)
        self.engine.dispose()
        if self.lock is not None:
            os.close(self.lock)

    def _begun(self, session: Session) -> Connection:
        if self.engine.dialect.name != POSTGRESQL:
            connection = session.connection()
        else:
            # A server that is frozen is noticed before anybody has waited for a whole turn.
            with at_most(self.limits.reading):
                connection = session.connection()
        if self.is_serving:
            require_tables(connection)
        return connection

    @contextmanager
    def _using(self, way: Availability, seconds: float) -> Iterator[None]:
        way.require()
        if self.file is not None:
            self.file.renew()
        began = monotonic()
        try:
            with at_most(seconds):
                yield
        except SQLAlchemyError as error:
            if not is_of_the_register(error):
                raise
            raise way.failed(error, monotonic() - began) from error
        except (OtherTables, NothingWritable) as error:
            raise way.failed(error, monotonic() - began) from error
        way.answered()


def open_register(url: str, limits: TimeLimits = COMMANDS) -> Register:
    """The register at an address, for a command; an SQLite file and its folder are made if they are missing."""
    path = _file_of(url)
    if path is not None:
        make_file(path)
    return _opened(url, limits, is_serving=False)


def site_register(url: str) -> Register:
    """The register at an address, for a site: one in each process, open until it ends. Nothing is made where it is missing."""
    with _opening:
        register = _open.pop(url, None) or opened_for_site(url)
        _open[url] = register
        if len(_open) > MOST_OPEN:
            # A site has one; a process that goes from one to the next does not keep them all.
            _open.pop(next(iter(_open))).close()
        return register


_open: dict[str, Register] = {}
_opening = Lock()


def opened_for_site(url: str) -> Register:
    """The register at an address, as a site opens it; to be closed by whoever asked."""
    return _opened(url, SERVING, is_serving=True)


def _opened(url: str, limits: TimeLimits, *, is_serving: bool) -> Register:
    address, path = make_url(url), _file_of(url)
    if address.get_backend_name() == SQLITE:
        engine = sqlite_engine(address, limits)
    else:
        engine = postgres_engine(address, limits, is_serving=is_serving)
    register = Register(
        engine,
        limits,
        reads=Availability("reading", lambda: register.look()),
        writes=Availability("writing", lambda: register.look_whether_writable()),
        file=WatchedFile(path, engine, is_anchored=is_serving) if path is not None else None,
        is_serving=is_serving,
        lock=share(path) if path is not None and is_serving else None,
    )
    return register


def _file_of(url: str) -> Path | None:
    address = make_url(url)
    return file_of(address) if address.get_backend_name() == SQLITE else None


def tables_fit(connection: Connection) -> bool:
    """Whether the tables are those this program needs."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return False
    return connection.scalars(_REVISIONS).all() == [newest_revision()]


def require_tables(connection: Connection) -> None:
    """Nothing, where the tables are those this program needs.

    Raises:
        OtherTables: they are an older or a newer program's.
    """
    if connection.scalars(_REVISIONS).all() != [newest_revision()]:
        raise OtherTables(OTHER_TABLES)


def migrate(register: Register, revision: str) -> None:
    """Bring the tables up to a revision ("head" is the newest)."""
    from alembic import command

    _run(register, lambda config: command.upgrade(config, revision))


def migrate_down(register: Register, revision: str) -> None:
    """Take the tables back to a revision ("base" is none at all)."""
    from alembic import command

    _run(register, lambda config: command.downgrade(config, revision))


@cache
def newest_revision() -> str:
    """The revision this program needs: a migration's file is named by its revision, and the numbers go up."""
    # Alembic itself would say the same, for eleven megabytes and a third of a second of each start.
    revisions = [file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*.py")]
    if not revisions:
        raise NotReady("the program has no migrations")
    return max(revisions)


def _run(register: Register, step: Callable[["Config"], None]) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with register.engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        step(config)
