"""A small OpenID Connect provider over real HTTP on the loopback, with its own RSA key. It can be told to misbehave."""

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey


class Provider:
    def __init__(self, now):
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, auto_kid=False)
        self.client_id, self.client_secret = "register", secrets.token_urlsafe(16)
        self.person = {"sub": "person-1", "email": "council@example.org", "email_verified": True}
        self.claims = {}  # laid over what it would say
        self.sign_with, self.algorithm = self.key, "RS256"
        self.described_issuer = None
        self.now = now
        self._codes = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                if parts.path == "/.well-known/openid-configuration":
                    self._send(200, provider.description())
                elif parts.path == "/keys":
                    self._send(200, {"keys": [provider.key.as_dict(private=False)]})
                elif parts.path == "/authorize":
                    parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    code = secrets.token_urlsafe(8)
                    provider._codes[code] = parameters
                    self.send_response(302)
                    self.send_header("Location", f"{parameters['redirect_uri']}?code={code}&state={parameters['state']}")
                    self.end_headers()
                else:
                    self._send(404, {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                parameters = {name: values[0] for name, values in parse_qs(body).items()}
                status, answer = provider.token(parameters, self.headers.get("Authorization", ""))
                self._send(status, answer)

            def _send(self, status, content):
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def description(self):
        return {
            "issuer": self.described_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def token(self, parameters, authorization):
        wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        if authorization != f"Basic {wanted}":
            return 401, {"error": "invalid_client"}
        began = self._codes.pop(parameters.get("code"), None)
        if began is None:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(parameters.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if began.get("code_challenge_method") != "S256" or began.get("code_challenge") != challenge:
            return 400, {"error": "invalid_grant"}
        moment = int(self.now.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": moment,
            "exp": moment + 300,
            "nonce": began["nonce"],
            **self.person,
            **self.claims,
        }
        header = {"alg": self.algorithm, "kid": "one"}
        signed = jwt.encode(header, claims, self.sign_with, algorithms=[self.algorithm])
        return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def stranger_signs(self):
        self.sign_with = RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False)

    def shared_secret_signs(self):
        # The classic mistake: the public key taken for a shared secret.
        public = self.key.as_pem(private=False)
        self.sign_with, self.algorithm = OctKey.import_key(base64.b64encode(public)), "HS256"
