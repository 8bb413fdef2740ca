"""YAML as what it holds. The definitions and the facts are some eighty files, read by every process that serves."""

from typing import Any

import yaml

# libyaml reads them ten times as fast; a Python without it has the other reader of the same language.
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:  # noqa: ANN401
    """What a YAML text holds: plain values, lists and mappings only.

    Raises:
        yaml.YAMLError: it is not YAML; the message says where.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
