# Webhook receiver. Run it: IMPORT8_WEBHOOK_SECRET=whsec_… PORT=8000 python3 receiver.py
# Answers 204 (valid), 401 (wrong signature), 400 (no event) or 413 (more than MAX_BYTES).
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
    # The key is the whole secret, whsec_ included. `compare_digest` compares in constant time.
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        # Verify the raw bytes: JSON that is parsed and serialized again may differ from the signed bytes.
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
            # Store the event and answer at once. It may be delivered twice: ignore an id that is stored already.
            print(name, data["id"], code, flush=True)
        except (ValueError, TypeError, KeyError, AttributeError):
            return 400
        return 204


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8000))), Receiver).serve_forever()
