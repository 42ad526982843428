# Run it: IMPORT8_WEBHOOK_SECRET=whsec_… PORT=8000 python3 receiver.py
import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ.get("IMPORT8_WEBHOOK_SECRET", "").encode()
if not SECRET:
    raise SystemExit("IMPORT8_WEBHOOK_SECRET is not set")
MAX_BYTES = 1_000_000


def is_signed(body: bytes, signature: str) -> bool:
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        # The bytes as they came: a body that is parsed and written anew has another signature.
        body = self.rfile.read(length) if 0 <= length <= MAX_BYTES else None
        self.send_response(self.status_of(body))
        self.end_headers()

    def status_of(self, body):
        if body is None:
            return 413
        if not is_signed(body, self.headers.get("X-Import8-Signature", "")):
            return 401
        try:
            event = json.loads(body)
            name, data = event["event"], event["data"]
            code = (data.get("hs_code") or {}).get("code_6", "no code")
            # Store it and answer at once. The same one may come again: its id tells.
            print(name, data["id"], code, flush=True)
        except (ValueError, TypeError, KeyError, AttributeError):
            return 400
        return 204


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8000))), Receiver).serve_forever()
