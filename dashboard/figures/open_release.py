"""One release, open: a copy of its file that nobody else knows of, and the answers read from it, which go with it."""

import weakref
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, Engine, Row, Select, select, text
from sqlalchemy.exc import SQLAlchemyError

from dashboard.figures.agreed_release import Agreed
from etl import warehouse
from etl.core.errors import Fault, ReleaseUnusable
from etl.warehouse.opening import COLUMNS, copies_in_use, lacks_a_column, not_opened, proved_copy
from etl.warehouse.proof import Note, compare, open_file, read_note


class OpenRelease:
    """A release that is read from. It is closed, and its answers are forgotten, once nobody refers to it."""

    def __init__(self, path: Path, note: Note | None, engine: Engine, anchor: Connection) -> None:
        """`anchor`: one connection that is never given back, for the file behind it may be gone and cannot be opened again."""
        self.path = path
        self.name = path.stem
        self.sha256 = note.sha256 if note else None
        self._engine = engine
        self._answers: dict[Callable[..., Any], Callable[..., Any]] = {}
        self.close = weakref.finalize(self, _close, engine, anchor)
        """Closes it now."""

    def is_of(self, agreed: Agreed) -> bool:
        """Whether it is the release agreed on."""
        return (self.path, self.sha256) == (agreed.path, agreed.sha256)

    def rows(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows that a statement selects."""
        with self._engine.connect() as connection:
            return connection.execute(statement).all()

    def kept(self, question: Callable[..., Any], most: int) -> Callable[..., Any]:
        """The question with its answers from this release kept: at most so many, those asked for last."""
        if question not in self._answers:
            self._answers.setdefault(question, lru_cache(maxsize=most)(question))
        return self._answers[question]

    def longest(self, most: int) -> list[Any]:
        """The kept answers of each question of which at most so many are kept."""
        # Another thread may ask a question for the first time meanwhile.
        return [kept for kept in list(self._answers.values()) if kept.cache_parameters()["maxsize"] <= most]  # type: ignore[attr-defined]


def open_proved(path: Path) -> OpenRelease:
    """A release, opened after the whole of it has been compared with its note.

    Raises:
        ReleaseUnusable: it is not there, not as it was published, or was made by another copy of the project.
    """
    return _open(path, read_note(path))


def open_unproved(path: Path) -> OpenRelease:
    """A release that has lost its note, opened as it is: for when nothing else is left.

    Raises:
        ReleaseUnusable: it is not there or no release.
    """
    return _open(path, None)


def open_agreed(agreed: Agreed) -> OpenRelease | None:
    """The release that another process serves: its file where that is whole, else a copy that a process has open; else None."""
    note = Note(agreed.sha256, 0, "", "")
    for file in (agreed.path, *copies_in_use(agreed.path)):
        try:
            return _open(agreed.path, note, file)
        except ReleaseUnusable:
            continue
    return None


def _open(path: Path, note: Note | None, file: Path | None = None) -> OpenRelease:
    try:
        with proved_copy(path, note, file) as copy:
            return _opened(copy, path, note)
    except OSError:
        # There is no room for a copy.
        if note is not None:
            with open_file(file or path) as stream:
                compare(path, stream, note)
        return _opened(file or path, path, note)


def _opened(file: Path, path: Path, note: Note | None) -> OpenRelease:
    engine = warehouse.open_release(file)
    try:
        anchor = engine.connect()
        columns = {(str(table), str(column)) for table, column in anchor.execute(text(COLUMNS)).all()}
        is_whole = not lacks_a_column(columns) and bool(anchor.execute(select(warehouse.release)).all())
        anchor.rollback()
    except (SQLAlchemyError, duckdb.Error) as error:
        engine.dispose()
        raise not_opened(path, getattr(error, "orig", None) or error) from error
    opened = OpenRelease(path, note, engine, anchor)
    if not is_whole:
        opened.close()
        sentence = f"{path}: the release was made by another copy of the project, or is none; run `python -m etl refresh`"
        raise ReleaseUnusable(Fault.OF_ANOTHER_COPY, sentence)
    return opened


def _close(engine: Engine, anchor: Connection) -> None:
    anchor.close()
    engine.dispose()
