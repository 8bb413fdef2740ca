"""Every drawing is tested: the functions of `dashboard/charts` are discovered, and each must be reached by a case."""

import inspect
import pkgutil
import sys
import typing
from collections.abc import Callable
from importlib import import_module
from types import FrameType

import pytest

from dashboard import charts
from dashboard.charts.standalone_svg import standalone
from tests.dashboard.charts.drawn import every, hidden

Name = tuple[str, str]
"""A function: its module and its name."""

WHAT_TO_DO = """
{module}.{name} draws (it returns text), and no drawing test reaches it. Draw it with realistic records, and with HOSTILE as a
name where it takes names, in tests/dashboard/charts/drawn.py: add ("its name", svg) in `over_time`, `places` or `rows`; in
`hidden` where it only repeats the words beside it. Every test of every drawing then runs over it."""


def drawing_functions() -> list[Name]:
    """Every public function of `dashboard/charts` that returns text or texts: drawings, their parts and their words."""
    functions = []
    for module in pkgutil.walk_packages(charts.__path__, f"{charts.__name__}."):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            is_own = function.__module__ == module.name and not name.startswith("_")
            if is_own and _returns_text(function):
                functions.append((module.name, name))
    return functions


def _returns_text(function: Callable[..., object]) -> bool:
    return typing.get_type_hints(inspect.unwrap(function)).get("return") in (str, tuple[str, ...])


@pytest.fixture(scope="module")
def reached() -> set[Name]:
    """The functions that the drawing cases call."""
    names: set[Name] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            names.add((frame.f_globals.get("__name__", ""), frame.f_code.co_name))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        drawings = [*every(0), *hidden()]
        standalone(drawings[0][1])
    finally:
        sys.setprofile(before)
    return names


@pytest.mark.parametrize(("module", "name"), drawing_functions(), ids=lambda part: part.rpartition(".")[2])
def test_every_function_that_draws_is_reached_by_a_drawing_case(reached: set[Name], module: str, name: str) -> None:
    assert (module, name) in reached, WHAT_TO_DO.format(module=module, name=name)


def test_drawings_are_discovered() -> None:
    assert {("dashboard.charts.funnel", "funnel_set"), ("dashboard.charts.tile", "tile")} <= set(drawing_functions())
