"""A worker of gunicorn that reads requests and sends answers while its threads do something else.

Gunicorn's own threads read a request and send its answer: as many slow readers as there are threads stop it. Here one loop,
waitress's, holds all connections: a thread is given a request once the whole of it has come, and is free again once the answer is
written, however long its reader takes to fetch it. Gunicorn keeps the processes; waitress keeps the connections.
"""

import logging
import os
import re
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask

from dashboard.site.security import HEADERS, OTHER_POLICY

MOST_CONNECTIONS = 4_000
"""At once, in one process: a connection costs a few kilobytes, and no thread."""
QUIET_SECONDS = 30
"""After these without a byte from or to it a connection is closed: a reader who never reads, a sender who never sends."""
LARGEST_HEAD = 16 * 1024
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes; what is larger is refused before it has come. A form, of two megabytes at most, is refused on a page of its own."""
IN_MEMORY = 256 * 1024
"""Bytes of one request or answer that wait in memory; more of it waits in a file."""
LOOK_SECONDS = 1.0
LINGER_SECONDS = 2.0
"""How long a process that stops still takes what a kept connection may be sending already."""
TWO_LENGTHS = re.compile(
    rb"(?is)^content-length\s*:.*^transfer-encoding\s*:|^transfer-encoding\s*:.*^content-length\s*:", re.MULTILINE
)
SENTENCES = {
    400: "This request could not be read.",
    413: "What you sent is longer than anything this site takes. Nothing was changed.",
    431: "This request says more about itself than this site reads.",
    500: "That did not work. Nothing was changed. Try again, or tell us.",
    501: "This request is sent in a way that this site does not take.",
}


class PatientTask(WSGITask):
    """One request, answered by the application."""

    @property
    def has_body(self) -> bool:
        """Whether anything follows the headers."""
        return bool(super().has_body) and not (self.request.command == "HEAD" and self.content_length is None)

    def build_response_header(self) -> bytes:
        """The headers; the last of a connection where this process is about to stop."""
        if self._ends_here:
            super().set_close_on_finish()
        return bytes(super().build_response_header())

    def set_close_on_finish(self) -> None:
        """Closes the connection after this answer, unless all that calls for it is an answer that has no length."""
        is_kept = self.request.headers.get("CONNECTION", "").lower() != "close" and not self._ends_here
        if not (self.status.startswith("304") and self.version == "1.1" and is_kept):
            super().set_close_on_finish()

    @property
    def _ends_here(self) -> bool:
        # A process about to stop asks no one to come back on the same connection.
        return bool(self.channel.is_last or not self.channel.server.accepting)


class PatientErrorTask(ErrorTask):
    """A request that is none, answered with a sentence."""

    def execute(self) -> None:
        """Writes the sentence, with the headers every answer has."""
        error = self.request.error
        body = f"{SENTENCES.get(error.code, SENTENCES[400])}\n".encode()
        self.status = f"{error.code} {error.reason}"
        own = {"Content-Type": "text/plain; charset=utf-8", "Content-Security-Policy": OTHER_POLICY}
        self.response_headers.extend({**HEADERS, **own}.items())
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class PatientParser(HTTPRequestParser):
    """One request as it comes in."""

    def parse_header(self, header_plus: bytes) -> None:
        """Reads its head.

        Raises:
            ParsingError: it says its length in two ways, of which a proxy before us may have believed the other.
        """
        if TWO_LENGTHS.search(header_plus):
            raise ParsingError("two lengths")
        super().parse_header(header_plus)


class PatientChannel(HTTPChannel):
    """One connection.

    Who sends several requests before the first is answered gets that answer, and the connection ends with it: kept for a reader
    who never reads, the others' answers would fill a thread's time and the disk.
    """

    parser_class = PatientParser
    is_last = False
    """Whether the request under way is the last one of this connection."""
    task_class = PatientTask
    error_task_class = PatientErrorTask

    def received(self, data: bytes) -> bool:
        """Takes what has come."""
        taken = bool(super().received(data))
        with self.requests_lock:
            if len(self.requests) > 1:
                self.is_last = True
                for request in self.requests[1:]:
                    request.close()
                del self.requests[1:]
        return taken


class PatientWorker(Worker):
    """A process of gunicorn with waitress's loop in it."""

    def run(self) -> None:
        """Answers until told to stop; then takes no more connections, and ends once those there are have been answered."""
        # It warns of every request that has to wait a moment for a thread.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        connections: dict[int, Any] = {}
        server = create_server(
            self.wsgi,
            map=connections,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            backlog=self.cfg.backlog,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=QUIET_SECONDS,
            cleanup_interval=QUIET_SECONDS // 3,
            # More than a head at once: what is refused for its length has been read, and its sender reads the answer.
            recv_bytes=4 * LARGEST_HEAD,
            max_request_header_size=LARGEST_HEAD,
            max_request_body_size=LARGEST_BODY,
            inbuf_overflow=IN_MEMORY,
            outbuf_overflow=IN_MEMORY,
            # Whose word is taken for scheme, host and address is for the application to say (PROXIES).
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
            ident="",
            asyncore_use_poll=True,
        )
        listeners = [part for part in connections.values() if isinstance(part, BaseWSGIServer)]
        for listener in listeners:
            listener.channel_class = PatientChannel
        while self.alive and self.ppid == os.getppid():
            self._turn(connections)
        for listener in listeners:
            listener.accepting = False
        self._finish(connections)
        server.task_dispatcher.shutdown(timeout=1)

    def _turn(self, connections: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=LOOK_SECONDS, use_poll=True, map=connections, count=1)

    def _finish(self, connections: dict[int, Any]) -> None:
        began = time.monotonic()
        while (now := time.monotonic() - began) < self.cfg.graceful_timeout:
            channels = [part for part in connections.values() if isinstance(part, HTTPChannel)]
            busy = [channel for channel in channels if channel.requests or channel.total_outbufs_len]
            if not channels or (not busy and now > LINGER_SECONDS):
                return
            self.notify()
            wasyncore.loop(timeout=0.1, use_poll=True, map=connections, count=1)
