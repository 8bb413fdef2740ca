"""What tells our own forms from anyone else's: a token in each form, and the address a form was sent from."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from urllib.parse import urlsplit

from flask import request

from dashboard.web.sessions import known_visit, signed, visit_token

NAME = "form_token"
_SIZE = sha256().digest_size


def form_token() -> str:
    """A token for a form of this browser; it looks different each time, so that compression cannot give it away."""
    secret = _secret(signed().token or visit_token())
    mask = secrets.token_bytes(_SIZE)
    return urlsafe_b64encode(mask + _xor(mask, secret)).decode()


def is_ours() -> bool:
    """Whether the form sent holds a token of this browser's present session."""
    key = signed().token or known_visit()
    try:
        masked = urlsafe_b64decode(request.form.get(NAME, "").encode())
    except (NotBase64, ValueError):
        return False
    if not key or len(masked) != 2 * _SIZE:
        return False
    return hmac.compare_digest(_xor(masked[:_SIZE], masked[_SIZE:]), _secret(key))


def is_from_here() -> bool:
    """Whether the browser says the form stood on this site; one that says nothing is not believed."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    address = urlsplit(origin)
    return bool(address.scheme and address.netloc) and f"{address.scheme}://{address.netloc}/" == request.host_url


def _secret(key: str) -> bytes:
    return hmac.new(key.encode(), b"forms of this session", sha256).digest()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
