"""Opening the register: SQLite in WAL mode by default, PostgreSQL by address; and bringing it up to date."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import SQLITE_BUSY, Cursor, OperationalError
from sqlite3 import Connection as SQLiteConnection
from time import monotonic, sleep
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Select, String, column, create_engine, event, inspect, make_url, select, table
from sqlalchemy.orm import Session

from dashboard.register.audit import RegisterSession, take_turn
from dashboard.register.errors import NotReady

if TYPE_CHECKING:
    from alembic.config import Config

DEFAULT_FILE = Path("data/register/register.sqlite")
DEMONSTRATION_FILE = Path("data/register/demonstration.sqlite")
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
# Seconds a writer waits for another before giving up.
BUSY_SECONDS = 15
TRY_AGAIN_SECONDS = 0.02
# The part of an SQLite error code that says what happened; the rest says where.
PRIMARY_CODE = 0xFF


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
    """An open register. Give `reading` to read functions, `writing` to anything that changes something."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one consistent view; whatever it holds is let go at the end."""
        with RegisterSession(self.engine) as session:
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
        with RegisterSession(self.engine.execution_options(register_writes=True)) as session, session.begin():
            yield session

    def is_ready(self) -> bool:
        """True where the tables are those this program needs."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return False
            revisions: Select[str] = select(column("version_num", String)).select_from(table(VERSION_TABLE))
            return connection.scalars(revisions).all() == [newest_revision()]

    def require_ready(self) -> None:
        """Nothing, if the tables are those this program needs.

        Raises:
            NotReady: they are not.
        """
        if not self.is_ready():
            raise NotReady("The register is not ready: run `python -m dashboard.register init`.")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_register(url: str) -> Register:
    """The register at an address; an SQLite file's folder is made if it is missing."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            path = Path(address.database)
            path.parent.mkdir(parents=True, exist_ok=True)
            # It holds password hashes and drafts: its owner's alone. SQLite gives its side files the same mode.
            path.touch(mode=0o600, exist_ok=True)
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
        _prepare_sqlite(engine)
    else:
        engine = create_engine(address, pool_pre_ping=True)
    return Register(engine)


def migrate(register: Register, revision: str) -> None:
    """Bring the tables up to a revision ("head" is the newest)."""
    from alembic import command

    _run(register, lambda config: command.upgrade(config, revision))


def migrate_down(register: Register, revision: str) -> None:
    """Take the tables back to a revision ("base" is none at all)."""
    from alembic import command

    _run(register, lambda config: command.downgrade(config, revision))


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
    with register.engine.execution_options(register_writes=True).begin() as connection:
        config.attributes["connection"] = connection
        step(config)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: SQLiteConnection, _record: object) -> None:
        # The driver's own transactions start too late to protect a read followed by a write: we say BEGIN ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        _write_ahead(cursor)
        # FULL, not NORMAL: a committed change must survive a power cut too.
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("register_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(cursor: Cursor) -> None:
    """Turn write-ahead logging on. Of several processes that open a new file at once SQLite lets one, and keeps none waiting."""
    given_up = monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != SQLITE_BUSY or monotonic() > given_up:
                raise
            sleep(TRY_AGAIN_SECONDS)
        else:
            return
