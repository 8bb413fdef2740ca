"""`python -m dashboard.register`, as its operator runs it."""

import json

import pytest
from typer.testing import CliRunner

from dashboard.register.__main__ import cli


@pytest.fixture
def run(blank_url, monkeypatch):
    monkeypatch.setenv("REGISTER_URL", blank_url)

    def command(*words, **environment):
        return CliRunner().invoke(cli, [str(word) for word in words], env=environment)

    return command


def test_a_register_is_made_filled_backed_up_and_exported(run, tmp_path):
    assert run("seed").exit_code == 29
    assert run("init").exit_code == 0
    assert run("init").exit_code == 0
    first = run("seed")
    assert first.exit_code == 0, first.output
    assert run("seed").output.strip().endswith("0 added, 0 corrected.")
    assert "marked Example" in run("demo").output
    assert run("backup", tmp_path / "b").exit_code == 0
    assert run("export", tmp_path / "e.json").exit_code == 0
    assert run("import", tmp_path / "e.json").output.startswith("0 added, ")
    assert run("audit", tmp_path / "a.csv").exit_code == 0
    document = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert len(document["recommendations"]) == 19
    full = run("restore", tmp_path / "b")
    assert full.exit_code == 28
    assert "not empty" in full.output


def test_the_first_administrator_needs_a_strong_password_and_is_made_once(run):
    run("init")
    common = ("create-admin", "--email", "head@example.org", "--name", "Head")
    weak = run(*common, REGISTER_ADMIN_PASSWORD="admin")
    assert weak.exit_code == 23
    assert "at least 12 characters" in weak.output
    assert run(*common, REGISTER_ADMIN_PASSWORD="violet harbour lantern 9").exit_code == 0
    assert run(*common, REGISTER_ADMIN_PASSWORD="violet harbour lantern 9").exit_code == 21


def test_a_backup_from_the_command_comes_back_in_a_new_register(run, tmp_path, monkeypatch):
    run("init")
    run("seed")
    run("backup", tmp_path / "b")
    monkeypatch.setenv("REGISTER_URL", f"sqlite:///{tmp_path / 'elsewhere' / 'register.sqlite'}")
    restored = run("restore", tmp_path / "b")
    assert restored.exit_code == 0, restored.output
    assert "Everyone must sign in again" in restored.output
    assert run("seed").output.strip().endswith("0 added, 0 corrected.")


COMMANDS = (
    ("init",),
    ("seed",),
    ("demo",),
    ("backup", "b"),
    ("restore", "b"),
    ("export", "e"),
    ("import", "e"),
    ("audit", "a"),
    ("create-admin", "--email", "head@example.org", "--name", "Head", "--password", "violet harbour lantern 9"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("fault", ["damaged", "a folder", "nobody there", "no such engine", "not an address", "no folder"])
def test_a_command_whose_register_is_out_of_order_ends_in_one_sentence(tmp_path, monkeypatch, fault, words):
    path = tmp_path / "register.sqlite"
    (tmp_path / "e").write_text("{not json", encoding="utf-8")
    if fault == "damaged":
        path.write_bytes(b"no database at all" * 1000)
    elif fault == "a folder":
        path.mkdir()
    elif fault == "no folder":
        (tmp_path / "file").touch()
        path = tmp_path / "file" / "register.sqlite"
    addresses = {
        "nobody there": "postgresql+psycopg://@127.0.0.1:1/none",
        "no such engine": "oracle://nowhere/none",
        "not an address": "register",
    }
    monkeypatch.setenv("REGISTER_URL", addresses.get(fault, f"sqlite:///{path}"))
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(cli, list(words))
    assert answer.exit_code >= 20
    assert isinstance(answer.exception, SystemExit)
    assert "Traceback" not in answer.output
    assert len(answer.output.strip().splitlines()) <= 3
