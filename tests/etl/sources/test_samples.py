"""Every sample of every source that is read table by table becomes its expected rows, and only its own source knows it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.definitions import catalogue
from etl.files.table import Reading

BY_TABLE = sorted(source.id for source in catalogue.sources().values() if source.is_read_by_table)
SAMPLES = sorted(path for source_id in BY_TABLE for path in (catalogue.SOURCES / source_id).glob("sample_*"))


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_a_sample_becomes_its_expected_rows(
    sample: Path, read_as: Callable[[str, Path], Reading], expected_rows: Callable[[Path], pd.DataFrame]
) -> None:
    expected = expected_rows(sample.with_name(sample.stem.replace("sample", "expected") + ".csv"))
    observations = read_as(sample.parent.name, sample).observations
    pd.testing.assert_frame_equal(observations, expected, check_dtype=False, check_exact=False, rtol=1e-12)


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_a_file_is_known_to_one_source_and_by_its_form(sample: Path, form_of: Callable[[str, Path], str | None]) -> None:
    known = {source_id: form for source_id in BY_TABLE if (form := form_of(source_id, sample)) is not None}
    assert known == {sample.parent.name: sample.stem.removeprefix("sample_")}


@pytest.mark.parametrize("source_id", BY_TABLE)
def test_every_form_has_a_sample(source_id: str) -> None:
    forms = {path.stem.removeprefix("sample_") for path in (catalogue.SOURCES / source_id).glob("sample_*")}
    assert forms == set(catalogue.sources()[source_id].forms)


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_a_reading_says_no_number_where_there_is_none(sample: Path, read_as: Callable[[str, Path], Reading]) -> None:
    observations = read_as(sample.parent.name, sample).observations
    assert (observations["value"].isna() == (observations["status"] != "final")).all()


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_a_renamed_file_is_known_by_what_is_in_it(
    sample: Path, tmp_path: Path, form_of: Callable[[str, Path], str | None]
) -> None:
    renamed = tmp_path / f"download (3){sample.suffix}"
    renamed.write_bytes(sample.read_bytes())
    assert form_of(sample.parent.name, renamed) == sample.stem.removeprefix("sample_")
