"""Smaller answers: whatever is text is compressed, and a script bundle only once a process."""

from contextlib import closing

from flask import Flask, Request, Response
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
    server.config["COMPRESS_STREAMS"] = False
    Compress(server)
    # Flask calls these last in, first out: this comes before the compressor.
    server.after_request(_read_file)


def _read_file(response: Response) -> Response:
    """A file is read and closed here: behind the compressor, or when a reader hangs up, a server may never close it."""
    if not response.direct_passthrough:
        return response
    with closing(response.response):  # type: ignore[type-var]
        response.direct_passthrough = False
        response.set_data(response.get_data())
    return response


def _bundle_address(request: Request) -> str:
    return request.path if request.path.startswith(BUNDLES) else ""
