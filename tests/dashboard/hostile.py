"""Requests nobody means well by, made from a seed: the same every time, and as many as a test has time for."""

import json
import random
from copy import deepcopy
from io import BytesIO
from urllib.parse import quote, unquote_to_bytes

from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response


def sent(app, path, *, query="", method="GET", headers=(), body=b"", kind=""):
    """The answer to a request just as a server hands it on: nothing in it is mended on the way."""
    environ = EnvironBuilder("/", method=method).get_environ()
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in dict(headers).items()}
    environ |= {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)) if body else "", "CONTENT_TYPE": kind}
    for name in ("CONTENT_LENGTH", "CONTENT_TYPE"):
        environ[name] = environ.pop(f"HTTP_{name}", environ[name])
    return Response(*run_wsgi_app(app.server.wsgi_app, environ, buffered=True))


SEPARATORS = (
    "/",
    "//",
    "///",
    "\\",
    "/\\",
    "\\/",
    "\t",
    "\n",
    "\r\n",
    "\x00",
    "\x0b",
    " ",
    "%2f",
    "%2F%2f",
    "%5c",
    "%09",
    "%0a",
    "%0d%0a",
    "%252f",
    "\u2044",
    "\u2215",
    "\uff0f",
    "\u29f8",
    "\u3002",
    "\u2028",
    "%e2%81%84",
    "/./",
    "/../",
    "/%2e%2e/",
    ";",
    "/;/",
    "?",
    "#",
    "@",
    ":",
    "\ufeff",
    "\u202e",
)
HOSTS = (
    "elsewhere.example",
    "elsewhere.example:80",
    "user@elsewhere.example",
    "user:pass@elsewhere.example",
    "localhost@elsewhere.example",
    "[::1]",
    "127.1",
    "0x7f000001",
    "http:",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://elsewhere.example",
    "xn--a",
)
ENDS = ("", "/", "//", "/.", "/..", "/%2f", "/?next=//elsewhere.example", "/#//elsewhere.example", "\t/", "/" + "a" * 9_000 + "/")


def paths(seed, count):
    """Paths as they might be typed, each beginning with something that a browser, or a program, may take for another host."""
    chance = random.Random(seed)
    for _ in range(count):
        parts = [
            "".join(chance.choices(SEPARATORS, k=chance.randrange(1, 4))) + chance.choice(HOSTS)
            for _ in range(chance.randrange(1, 3))
        ]
        yield chance.choice(("/", "/a/", "//")) + "".join(parts) + chance.choice(ENDS)


VALUES = (
    "",
    " ",
    "\x00",
    "'",
    '"',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}",
    "${7*7}",
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "%",
    "%zz",
    "%ff%fe",
    "\ud7ff\uffff",
    "9" * 400,
    "-1",
    "NaN",
    "1e999",
    "null",
    "true",
    "[]",
    "{}",
    "a,b,,c",
    ",",
    "E09000006,E09000006",
    "' OR 1=1 --",
    "\u202etxt.exe",
    "\U0001f600",
    "a" * 3_000,
    "\r\nSet-Cookie: a=b",
    "E09000006\n",
    "=",
    "&",
    ";",
)


def queries(seed, count, names):
    """Query strings of names a page knows and names it does not, with values none of them takes."""
    chance = random.Random(seed)
    for _ in range(count):
        pairs = []
        for _ in range(chance.randrange(1, 5)):
            name = chance.choice((*names, "x", "", "a[]", "__class__", "<b>"))
            value = chance.choice(VALUES)
            pairs.append(
                f"{quote(name)}={value if value.isascii() and value.isprintable() and '#' not in value else quote(value)}"
            )
        yield chance.choice(("&", "&&", ";", "&;&")).join(pairs)


HEADERS = {
    "Host": (
        "",
        "a b",
        "<script>",
        "elsewhere.example/x",
        "a" * 300,
        "[::",
        "localhost:99999999",
        "localhost\\@e",
        "user@localhost",
        "::",
        "%00",
    ),
    "Range": ("bytes=0-", "bytes=9-1", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-0,1-1," * 50, "bytes=" + "9" * 400 + "-"),
    "If-None-Match": ('"', "*", "W/", '"a', "a" * 5_000, '"a","' * 500, "\xff", 'W/W/""'),
    "If-Modified-Since": ("x", "Thu, 99 Foo 9999", "0", "-1", "Sun, 06 Nov 1994 08:49:37 GMT" * 9),
    "Accept-Language": ("*;q=x", "en;q=9999999", "," * 900, "\xff\xfe", "a" * 3_000),
    "Accept-Encoding": ("br;q=", "gzip;q=nan", ",;,", "*;q=0", "zstd;q=1e400", "br," * 900),
    "Accept": ("*", "text/html;q=z", "/", ";;;", "a/" * 900),
    "Cookie": (
        "=",
        ";;;",
        "session",
        "session=" + "a" * 4_000,
        "session=\xff",
        'session="',
        "visit=; visit=; visit=",
        "__Host-session=x",
        "done=-1; done=999",
    ),
    "Content-Length": ("-1", "x", "1e3", "0x10", "99999999999999999999", " ", "1,1", "\u00b2"),
    "Content-Type": (
        "",
        "x",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "b" * 300,
        "application/json; charset=nope",
        "application/x-www-form-urlencoded; charset=utf-7",
        "text/plain; =;;=",
    ),
    "Origin": ("null", "http://[", "http://localhost@elsewhere.example", "http://localhost:x", "//", "\xff"),
    "Referer": ("http://[::", "x", "http://localhost.elsewhere.example/"),
    "X-Forwarded-For": ("x", ",,,", "::ffff:1.2.3.4", "a" * 999),
    "X-Forwarded-Host": ("<x>", "["),
    "X-Forwarded-Proto": ("javascript", ""),
    "Transfer-Encoding": ("chunked", "gzip, chunked", "identity", "xchunked"),
    "Expect": ("100-continue", "x"),
    "Upgrade": ("h2c", "websocket"),
    "User-Agent": ("", "\xff" * 50, "a" * 5_000),
    "Authorization": ("Basic", "Basic \xff", "Bearer x", ":"),
}


def headers(seed, count):
    """Up to four headers each, at least one of them nonsense."""
    chance = random.Random(seed)
    for _ in range(count):
        yield {name: chance.choice(HEADERS[name]) for name in chance.sample(sorted(HEADERS), chance.randrange(1, 5))}


BODIES = (
    (b"", ""),
    (b"\x00" * 100, "application/x-www-form-urlencoded"),
    (b"a=%ff%fe&b=%", "application/x-www-form-urlencoded"),
    (b"&" * 3_000, "application/x-www-form-urlencoded"),
    (b"a=1&" * 3_000, "application/x-www-form-urlencoded"),
    (b"{", "application/json"),
    (b"--b\r\n\r\nx", "multipart/form-data; boundary=b"),
    (b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\xff\r\n--b--', "multipart/form-data; boundary=b"),
    (b"--b\r\nContent-Disposition: form-data; name=a; filename=../../x\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    (b"--b--", "multipart/form-data; boundary=b"),
    (b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    (b"form_token=x&next=//e", "text/plain"),
    (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n" * 1_200, "multipart/form-data; boundary=b"),
    (b"\xff\xfe", "multipart/form-data"),
)


def calls(seed, count, good):
    """Bodies for Dash: good calls with one to three things about them changed, and things that are no call at all."""
    chance = random.Random(seed)
    junk = (
        None,
        True,
        0,
        -1,
        1e308,
        "",
        "x",
        [],
        {},
        [[]],
        {"id": {}},
        [{"id": "x", "property": "y"}],
        "..a.b...c.d..",
        {"a": {"b": {"c": []}}},
        "\x00",
        "a" * 9_000,
    )
    yield from (
        b"",
        b"[",
        b"nul",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"a":' * 20_000,
        b"9" * 5_000,
        b'{"output":"\\ud800"}',
        b"{}" * 9,
        b'"' + b"x" * 200_000 + b'"',
    )
    for _ in range(count):
        call = json.loads(json.dumps(chance.choice(good)))
        for _ in range(chance.randrange(1, 4)):
            _spoil(call, chance, junk)
        yield json.dumps(call).encode()


def _spoil(call, chance, junk):
    where = call
    while isinstance(where, dict | list) and where:
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        key = chance.choice(keys)
        if not isinstance(where[key], dict | list) or not where[key] or chance.random() < 0.4:
            if isinstance(where, dict) and chance.random() < 0.3:
                del where[key]
            else:
                where[key] = deepcopy(chance.choice(junk))
            return
        where = where[key]
