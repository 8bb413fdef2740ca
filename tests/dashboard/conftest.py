"""Pages over a register of the test's own."""

import pytest

from tests.dashboard.registers import make_register


@pytest.fixture
def on_record(app, tmp_path, monkeypatch):
    """The address of a register with the public record alone, which pages now read."""
    url = make_register(tmp_path)
    monkeypatch.setenv("REGISTER_URL", url)
    return url


@pytest.fixture
def demonstration(app, tmp_path, monkeypatch):
    """The address of a register filled with made-up entries, which pages now read."""
    url = make_register(tmp_path, examples=True)
    monkeypatch.setenv("REGISTER_URL", url)
    return url


@pytest.fixture
def page_at(app):
    """What is sent for an address: asks, and fails where the answer is not a page."""

    def ask(address, status=200):
        answer = app.server.test_client().get(address, buffered=True)
        assert answer.status_code == status, f"{address}: {answer.status_code}"
        return answer.get_data(as_text=True)

    return ask
