"""Where every table of the warehouse is declared, and what most of them are made of."""

from sqlalchemy import Column, Double, MetaData, String

tables = MetaData()


def texts(*names: str) -> tuple[Column[str], ...]:
    """Columns of text that are never empty."""
    return tuple(Column(name, String, nullable=False) for name in names)


def numbers(*names: str) -> tuple[Column[float], ...]:
    """Columns of numbers; NULL where there is none."""
    return tuple(Column(name, Double) for name in names)
