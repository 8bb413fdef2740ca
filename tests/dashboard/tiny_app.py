"""The smallest application there is, for tests of how connections are kept: what is behind the worker is not their business."""

from time import sleep

LARGE = b"x" * 2_000_000


def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/slow":
        sleep(0.3)
    body = LARGE if path == "/large" else f"{path} {len(environ['wsgi.input'].read())}\n".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
