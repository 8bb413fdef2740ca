"""What every table shares: names of constraints, times in UTC, words kept as words."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from dashboard.register.record_parts import Basket, ExpectedRange, Outturn, Source, Statement, SuccessStatement

Json = dict[str, Any]


class UtcTime(TypeDecorator[datetime]):
    """A moment, always with its zone. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC. Raises ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JSON_COLUMN = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class InJson(TypeDecorator[Any]):
    """A frozen record, or a tuple of them, kept as JSON: checked on the way in and on the way out."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - a class, or a tuple of one
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The engine's own type of JSON."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else JSON(none_as_null=True))

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        """The record as plain JSON values."""
        return None if value is None else self._adapter.dump_python(self._adapter.validate_python(value), mode="json")

    def process_result_value(self, value: object, dialect: Dialect) -> object:
        """The record. Raises ValidationError where what is kept is none."""
        return None if value is None else self._adapter.validate_python(value)


class Base(DeclarativeBase):
    """Root of the tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcTime(),
        Json: JSON_COLUMN,
        Basket: InJson(Basket),
        SuccessStatement: InJson(SuccessStatement),
        tuple[Source, ...]: InJson(tuple[Source, ...]),
        tuple[Statement, ...]: InJson(tuple[Statement, ...]),
        tuple[ExpectedRange, ...]: InJson(tuple[ExpectedRange, ...]),
        tuple[Outturn, ...]: InJson(tuple[Outturn, ...]),
    }
    # Columns whose values never enter the audit: only the fact that they changed does.
    secret: ClassVar[frozenset[str]] = frozenset()
    # Columns the audit does not follow: bookkeeping, or kept whole elsewhere.
    unaudited: ClassVar[frozenset[str]] = frozenset({"version", "updated_at"})
    audited: ClassVar[bool] = True

    @property
    def private_to(self) -> str | None:
        """The account that alone may see this record and its history; None when it is public."""
        return None


def words(kind: type[StrEnum], name: str) -> Enum:
    """A column type holding one of an enumeration's words, checked by the database too."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def new_id() -> str:
    """An identifier nobody can guess from another."""
    return uuid4().hex


class Versioned:
    """A row two people may edit: `version` goes up with every change and a stale one is refused."""

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    __mapper_args__: Any = {"version_id_col": version}
    created_at: Mapped[datetime] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()
