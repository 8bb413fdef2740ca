"""Smaller answers: whatever is text is compressed, and a script bundle only once a process."""

from flask import Flask, Request
from flask_compress import Compress

BUNDLES = "/_dash-component-suites/"


class _KeptBundles:
    """Compressed bundles by algorithm and address. A bundle's address changes with its version; pages are never kept."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed bundle, or None."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keeps a bundle; anything else has an empty address and is let go."""
        if not key.endswith(";"):
            self._kept[key] = value


def compress(server: Flask) -> None:
    """Compresses every answer for readers that accept it."""
    server.config["COMPRESS_ALGORITHM"] = ["br", "zstd", "gzip"]
    server.config["COMPRESS_CACHE_BACKEND"] = _KeptBundles
    server.config["COMPRESS_CACHE_KEY"] = _bundle_address
    Compress(server)


def _bundle_address(request: Request) -> str:
    return request.path if request.path.startswith(BUNDLES) else ""
