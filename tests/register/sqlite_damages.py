"""What may become of a register's SQLite file: damaged, gone, replaced, or of another version of this project."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from dashboard.register.store import migrate_down, open_register


def change_from_elsewhere(path, statement):
    """A change that another program makes, as tidily as this one would."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(statement)
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    other.close()


def cut_short(path):
    os.truncate(path, 10_000)


def emptied(path):
    os.truncate(path, 0)


def header_overwritten(path):
    with path.open("r+b") as file:
        file.write(b"\x00" * 512)


def filled_with_noise(path):
    path.write_bytes(os.urandom(path.stat().st_size))


def page_overwritten(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(1, size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(4096))


def taken_away(path):
    path.unlink()


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()


def older(path):
    register = open_register(f"sqlite:///{path}")
    migrate_down(register, "0002")
    register.close()


def newer(path):
    change_from_elsewhere(path, "UPDATE alembic_version SET version_num = '9999'")


DAMAGES: tuple[Callable[[Path], None], ...] = (
    cut_short,
    emptied,
    header_overwritten,
    filled_with_noise,
    page_overwritten,
    taken_away,
    folder_in_its_place,
    older,
    newer,
)


def row_not_understood(path):
    """The file is sound, and what one row holds is not."""
    change_from_elsewhere(path, "UPDATE plan SET statements = '{\"not\": 1}'")


def damage_name(damage):
    """For the name of a test."""
    return damage.__name__.replace("_", " ")
