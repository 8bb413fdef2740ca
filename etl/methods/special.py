"""The functions of scipy.special. SciPy is imported with the first one used: a second and 28 MB that a start can spare."""

from typing import Any


def __getattr__(name: str) -> Any:  # noqa: ANN401
    from scipy import special

    return getattr(special, name)
