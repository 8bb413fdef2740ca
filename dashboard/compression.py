"""Smaller answers: whatever is text is compressed, and a script bundle only once a process."""

from flask import Flask, Request, Response, request
from flask_compress import Compress

BUNDLES = "/_dash-component-suites/"
ASSETS = "/assets/"


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
    # A file sent as a stream would stay open behind the compressor, so small files are read first and streams left alone.
    server.config["COMPRESS_STREAMS"] = False
    Compress(server)
    # Flask calls these last in, first out: this comes before the compressor.
    server.after_request(_read_asset)


def _read_asset(response: Response) -> Response:
    if request.path.startswith(ASSETS) and response.status_code == 200:
        response.direct_passthrough = False
        response.set_data(response.get_data())
    return response


def _bundle_address(asked: Request) -> str:
    return asked.path if asked.path.startswith(BUNDLES) else ""
