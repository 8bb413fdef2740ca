"""Records and the tables they are read from: one cannot lose or change a field without the other."""

from types import UnionType
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from sqlalchemy import inspect
from sqlalchemy.dialects import sqlite

from dashboard.register import models, reading, records
from dashboard.register.comments import SentCommentRecord
from dashboard.register.models.base import InJson
from dashboard.register.record_parts import Record, Source

TABLES: dict[type[Record], type[models.Base]] = {
    records.PlanRecord: models.Plan,
    records.StatedFactRecord: models.StatedFact,
    records.LondonPriorityRecord: models.PanLondonPriority,
    records.BoroughPriorityRecord: models.BoroughPriority,
    records.SignatureRecord: models.Signature,
    records.CommentRecord: models.Comment,
    records.RecommendationSetRecord: models.RecommendationSet,
    records.RecommendationRecord: models.Recommendation,
    records.StatusRecord: models.RecommendationStatus,
    records.ActionRecord: models.Action,
    records.CommentaryRecord: models.Commentary,
    records.MeetingRecord: models.Meeting,
    records.FrozenEditionRecord: models.FrozenEdition,
    records.AccountRecord: models.Account,
    SentCommentRecord: models.SentComment,
}


def plain(kind: Any) -> Any:
    """A type without its "or nothing"."""
    kinds = [part for part in get_args(kind) if part is not type(None)] if isinstance(kind, UnionType) else []
    return kinds[0] if kinds else kind


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.__name__)
def test_every_field_of_a_record_comes_from_its_table(record):
    mapper = inspect(TABLES[record])
    known = {*mapper.columns.keys(), *mapper.relationships.keys()}
    known |= {name for name in dir(TABLES[record]) if isinstance(getattr(TABLES[record], name), property)}
    assert set(record.model_fields) <= known


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.__name__)
def test_a_field_that_may_be_missing_in_the_table_may_be_missing_in_the_record(record):
    columns = inspect(TABLES[record]).columns
    strict = {
        name: plain(field.annotation)
        for name, field in record.model_fields.items()
        if name in columns and columns[name].nullable and type(None) not in get_args(field.annotation)
    }
    # The database holds these two to the kind of priority: each is there where its record asks for it.
    assert set(strict) <= {"basket", "financial_year"}


def test_a_record_is_read_only_and_not_a_database_row(register):
    with register.reading() as session:
        plan = reading.plans(session)[0]
    assert not isinstance(plan, models.Base)
    assert plan.statements[0].sources
    with pytest.raises(ValidationError, match="frozen"):
        plan.title = "Another"
    with pytest.raises(ValidationError, match="frozen"):
        plan.statements[0].text = "Another"


def test_json_columns_are_validated_on_writing_and_on_reading():
    column = InJson(tuple[Source, ...])
    stored = column.process_bind_param((Source(document="Plan", checked=True),), sqlite.dialect())
    assert column.process_result_value(stored, sqlite.dialect()) == (Source(document="Plan", checked=True),)
    for garbled in ([{"document": "Plan"}], [{"document": "Plan", "checked": True, "colour": "red"}]):
        with pytest.raises(ValidationError):
            column.process_bind_param(garbled, sqlite.dialect())
        with pytest.raises(ValidationError):
            column.process_result_value(garbled, sqlite.dialect())
