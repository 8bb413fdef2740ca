"""A catalogue of a few measures, for warehouses of made-up figures: working out all of them takes many times as long."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from etl.definitions import catalogue

A_FEW = ("total_recorded_crime", "burglary", "robbery", "shoplifting")


@contextmanager
def only(*measures: str) -> Iterator[None]:
    """Within it the catalogue holds these measures alone, each defined as ever."""
    kept = {name: measure for name, measure in catalogue.measures().items() if name in measures}
    forms = {form: of for form, of in catalogue.forms_by_id().items() if of.base in kept}
    lines = tuple(line for line in catalogue.concordance() if line.measure_id in kept)
    with patch.multiple(catalogue, measures=lambda: kept, forms_by_id=lambda: forms, concordance=lambda: lines):
        yield
