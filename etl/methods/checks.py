"""What a method refuses before it reckons: counts below nil, sizes of nil, names it does not know. Missing (NaN) is let pass."""

from etl.methods.arrays import ArrayLike, Floats, as_floats


def counts(values: ArrayLike, name: str = "events") -> Floats:
    """The values as floats.

    Raises:
        ValueError: one is below nil.
    """
    checked = as_floats(values)
    if (checked < 0).any():
        raise ValueError(f"{name} must not be negative")
    return checked


def sizes(values: ArrayLike, name: str) -> Floats:
    """The values as floats.

    Raises:
        ValueError: one is not above zero.
    """
    checked = as_floats(values)
    if (checked <= 0).any():
        raise ValueError(f"{name} must be above zero")
    return checked


def choice(value: str, allowed: tuple[str, ...], name: str) -> None:
    """Nothing.

    Raises:
        ValueError: the value is none of those allowed.
    """
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
