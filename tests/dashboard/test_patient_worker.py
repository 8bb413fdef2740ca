"""A real server and real sockets: readers who never read, senders who never end, and requests that hold another inside."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow
UNFINISHED = {
    "says nothing": b"",
    "half a request line": b"GET / HT",
    "headers without an end": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n",
    "half a form": b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nname=",
    "chunks without an end": b"POST /form HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nname\r\n",
    "never reads": b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3,
    "keeps its connection": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


class Served:
    """A gunicorn with one process and four threads; `tell` sends its master a signal."""

    def __init__(self, folder):
        worker = "dashboard.site.patient_worker.PatientWorker"
        settings = [
            "-c",
            os.devnull,
            "-k",
            worker,
            "--threads",
            "4",
            "-b",
            "127.0.0.1:0",
            "-p",
            str(folder / "pid"),
            "--log-level",
            "info",
        ]
        script = Path(sys.executable).with_name("gunicorn")
        self.log = folder / "log"
        with self.log.open("w") as log:
            command = [sys.executable, script, *settings, "tests.dashboard.tiny_app:app"]
            self.process = subprocess.Popen(command, cwd=ROOT, stderr=log)
        self.port = int(self.line("Listening at: ").rpartition(":")[2].split()[0])
        self.line("Booting worker")

    def line(self, part, count=1):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            lines = [line for line in self.log.read_text().splitlines() if part in line]
            if len(lines) >= count:
                return lines[count - 1]
            time.sleep(0.02)
        raise AssertionError(self.log.read_text())

    def tell(self, number, pid=None):
        os.kill(pid or self.process.pid, number)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def get(self, address="/"):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as client:
            client.request("GET", address)
            return client.getresponse().read()


@pytest.fixture
def served(tmp_path):
    server = Served(tmp_path)
    yield server
    server.process.terminate()
    server.process.wait(20)


def test_two_hundred_stalled_connections_hold_up_nobody(served):
    with ExitStack() as stalled:
        for number in range(210):
            connection = stalled.enter_context(closing(served.connect()))
            connection.sendall(list(UNFINISHED.values())[number % len(UNFINISHED)])
        waits = []
        for _ in range(7):
            began = time.monotonic()
            assert served.get() == b"/ 0\n"
            waits.append(time.monotonic() - began)
        assert sorted(waits)[3] < 1


def answers_to(served, request):
    """All that comes back on one connection until it is closed or quiet."""
    with served.connect() as connection:
        connection.settimeout(0.5)
        connection.sendall(request)
        came = b""
        try:
            while part := connection.recv(65_536):
                came += part
        except TimeoutError:
            pass
    return came


INNER = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
TWO_LENGTHS = [
    (b"Content-Length: 4\r\nContent-Length: 60\r\n", b"abcd"),
    (b"Content-Length: 4, 60\r\n", b"abcd"),
    (b"Content-Length: +4\r\n", b"abcd"),
    (b"Content-Length: 0x4\r\n", b"abcd"),
    (b"Content-Length: 4_0\r\n", b"abcd"),
    (b"Content-Length: -1\r\n", b""),
    (b"Content-Length : 4\r\n", b"abcd"),
    (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    (b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\nTransfer-Encoding : chunked\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\n Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\nX: a\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    (b"Content-Length: 5\r\nTransfer-Encoding:\x0bchunked\r\n", b"0\r\n\r\n"),
    (b"Transfer-Encoding: chunked\r\n", b"0x3\r\nabc\r\n0\r\n\r\n"),
    (b"Transfer-Encoding: chunked\r\n", b"-3\r\nabc\r\n0\r\n\r\n"),
    (b"Transfer-Encoding: chunked\r\n", b"3\nabc\n0\n\n"),
    (b"Transfer-Encoding: chunked\r\n", b"2\r\nabc\r\n0\r\n\r\n"),
]


@pytest.mark.parametrize(("lengths", "body"), TWO_LENGTHS, ids=lambda part: repr(part)[:60])
def test_no_request_is_read_out_of_another(served_once, lengths, body):
    answer = answers_to(served_once, b"POST /form HTTP/1.1\r\nHost: localhost\r\n" + lengths + b"\r\n" + body + INNER)
    assert b"/smuggled" not in answer
    assert answer.count(b"HTTP/1.") == 1
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400", b"HTTP/1.1 501", b"HTTP/1.0 501"))
    assert b"Content-Security-Policy" in answer
    assert b"waitress" not in answer.lower()


@pytest.fixture(scope="module")
def served_once(tmp_path_factory):
    server = Served(tmp_path_factory.mktemp("served"))
    yield server
    server.process.terminate()
    server.process.wait(20)


@pytest.mark.parametrize(
    ("request_sent", "status"),
    [
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"GET / HTTP/9.9\r\n\r\n", b""),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b""),
        (b"GET\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
    ],
    ids=lambda part: repr(part)[:40],
)
def test_what_is_no_request_is_refused_and_nothing_is_written_down(served_once, request_sent, status):
    answer = answers_to(served_once, request_sent)
    assert status in answer.partition(b"\r\n")[0]
    assert b"HTTP/1.1 500" not in answer
    assert "Traceback" not in served_once.log.read_text()


def test_who_sends_several_requests_at_once_gets_the_first_answer(served_once):
    kept = b"HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n"
    several = kept + b"GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = answers_to(served_once, several)
    assert answer.count(b"HTTP/1.1 200") == 1
    assert b"Connection: close" in answer


def test_a_rolling_reload_under_load_loses_no_request(served, tmp_path):
    lost, answered, stop = [], [], threading.Event()

    def ask():
        while not stop.is_set():
            try:
                assert served.get("/slow").startswith(b"/slow")
                answered.append(1)
            except OSError as error:
                lost.append(error)

    readers = [threading.Thread(target=ask) for _ in range(6)]
    for reader in readers:
        reader.start()
    served.tell(signal.SIGHUP)
    served.line("Booting worker", 2)
    served.tell(signal.SIGUSR2)
    served.line("Booting worker", 3)
    successor = int((tmp_path / "pid.2").read_text())
    served.tell(signal.SIGTERM)
    served.process.wait(30)
    time.sleep(0.5)
    stop.set()
    for reader in readers:
        reader.join(20)
    served.tell(signal.SIGTERM, successor)
    served.line("Shutting down: Master", 2)
    assert lost == []
    assert len(answered) > 20
