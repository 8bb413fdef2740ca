"""The README tells the truth: every command, setting and path in it exists, and none is left out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from dashboard.register.__main__ import cli as register_cli
from dashboard.settings import Settings
from etl.commands.command_line import LINE, NAMES, whole

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(NAMES)
REGISTER_COMMANDS = sorted(get_command(register_cli).commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert f"`python -m etl {command}" in README


@pytest.mark.parametrize("command", REGISTER_COMMANDS)
def test_every_command_of_the_register_is_documented(command):
    assert f"`python -m dashboard.register {command}`" in README


def test_no_command_is_documented_that_does_not_exist():
    assert set(re.findall(r"python -m etl ([a-z-]+)", README)) <= set(COMMANDS)
    assert set(re.findall(r"python -m dashboard.register ([a-z-]+)", README)) <= set(REGISTER_COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    loaded = whole(command)
    assert loaded.help
    offered = [option for option in loaded.params if not getattr(option, "hidden", False)]
    assert all(getattr(option, "help", None) for option in offered), [option.name for option in offered]


def test_every_module_of_the_command_line_is_a_command_in_the_list():
    modules = {path.stem.replace("_", "-") for path in LINE.glob("*.py") if path.stem != "__init__"}
    assert modules == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


def test_the_list_of_commands_loads_none_of_their_libraries():
    heavy = {"duckdb", "numpy", "pandas", "pydantic", "rich", "scipy", "sqlalchemy", "yaml"}
    program = f"import sys; from etl.__main__ import main\ntry: main()\nfinally: print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "second-total" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_documented(setting):
    assert f"`{setting.upper()}`" in README


@pytest.mark.parametrize(
    ("command", "command_words", "options"),
    [
        ("serve", "`./serve`", ("--port", "--host", "--demo", "--prepare-only")),
        ("tests/run", "`tests/run`", ("fast", "browser", "postgres", "lint")),
    ],
)
def test_the_two_commands_exist_and_explain_themselves(command, command_words, options):
    help_text = subprocess.run([sys.executable, ROOT / command, "--help"], capture_output=True, text=True, check=True).stdout
    assert command_words in README
    assert [option for option in options if option not in help_text] == []


def test_every_path_in_the_map_exists():
    block = README.split("## Where things are\n\n```")[1].split("```")[0]
    folder, missing = Path(), []
    for line in block.strip().splitlines():
        names = re.match(r"\s*(\S+(?: \S+)*?)(?=\s{2,}|$)| *(\S+)", line)[0].split()
        if not line.startswith(" "):
            folder = Path(names[0]) if names[0].endswith("/") else Path()
        for name in names if line.startswith(" ") else []:
            if "." in name or name.endswith("/"):
                path = folder / re.sub(r"<.*", "", name)
                missing += [] if any(ROOT.glob(str(path))) or name == "warehouse/" else [str(path)]
    assert missing == []


def test_no_registry_is_named():
    for name in ("constraints.txt", "pyproject.toml", "serve"):
        assert not re.search(r"https?://|index-url\s*=", (ROOT / name).read_text(encoding="utf-8"))
