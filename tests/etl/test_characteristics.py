"""The table of what boroughs are like is compiled from files that may be damaged, or made to harm who reads them."""

import zipfile

import pytest

from etl.commands import characteristics
from etl.commands.characteristics import COLUMNS, FROM_DEPRIVATION, FROM_PROFILES, compile_table
from etl.core.errors import PipelineError
from etl.definitions.similar import CHARACTERISTICS
from tests.etl.test_bombs import FAR, NO_ADDRESS, ROWS, a_workbook

HEADINGS = ["Code", *(column.heading for column in FROM_PROFILES)]
BROMLEY = "E09000006"


def quoted(cells):
    return ",".join(f'"{cell}"' for cell in cells)


@pytest.fixture
def profiles(tmp_path):
    path = tmp_path / "profiles.csv"
    path.write_text(f"{quoted(HEADINGS)}\n{quoted([BROMLEY, *'123456'])}\n", encoding="utf-8")
    return path


def workbook(path, rows):
    def row(number, cells):
        written = "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for letter, cell in zip("ABC", cells, strict=False)
        )
        return f'<row r="{number}">{written}</row>'

    body = "".join(row(number, cells) for number, cells in enumerate(rows, 1))
    made = a_workbook(path, body)
    with zipfile.ZipFile(made) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(b'name="S"', b'name="Borough summary measures"')
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made


def test_a_figure_of_each_file_stands_in_the_table(profiles, tmp_path):
    deprivation = workbook(tmp_path / "d.xlsx", [["Code", FROM_DEPRIVATION.heading], [BROMLEY, "14.2"]])
    assert compile_table(profiles, deprivation, tmp_path) == 7
    lines = (tmp_path / CHARACTERISTICS).read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert any(line.startswith(f"{BROMLEY},deprivation,14.2,2019") for line in lines)


@pytest.mark.parametrize("body", [ROWS + FAR.format(""), ROWS + NO_ADDRESS], ids=["far cell", "no addresses"])
def test_a_workbook_that_would_fill_the_memory_ends_no_process(profiles, tmp_path, body):
    with pytest.raises(PipelineError, match="reaches to row|does not fit"):
        compile_table(profiles, a_workbook(tmp_path / "bomb.xlsx", body), tmp_path)
    assert not (tmp_path / CHARACTERISTICS).exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
    ids=["empty", "text", "cut short", "old and damaged"],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(profiles, tmp_path, content):
    path = tmp_path / "d.xlsx"
    path.write_bytes(content)
    with pytest.raises(PipelineError):
        compile_table(profiles, path, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Code\nE09000006\n",
        b"\0\0\0",
        (quoted(HEADINGS[1:]) + "\n1,2,3,4,5,6\n").encode(),
        (quoted(HEADINGS) + f"\n{BROMLEY},many,1,1,1,1,1\n").encode(),
    ],
    ids=["empty", "utf-16", "one column", "nul", "no code", "a word for a figure"],
)
def test_profiles_that_are_damaged_are_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "p.csv"
    path.write_bytes(content)
    with pytest.raises(PipelineError):
        compile_table(path, tmp_path / "none.xlsx", tmp_path)


def test_a_line_of_the_profiles_cut_short_has_no_figure_where_it_ends(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(f"{quoted(HEADINGS)}\n{BROMLEY},1,2\n", encoding="utf-8")
    assert [row[1] for row in characteristics._profiles(path)] == ["density", "average_age"]
