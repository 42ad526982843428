// Webhook receiver. Run it: IMPORT8_WEBHOOK_SECRET=whsec_… PORT=8000 node receiver.mjs
// Answers 204 (valid), 401 (wrong signature), 400 (no event) or 413 (more than MAX_BYTES).
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secret = process.env.IMPORT8_WEBHOOK_SECRET;
if (!secret) throw new Error("IMPORT8_WEBHOOK_SECRET is not set");
const MAX_BYTES = 1_000_000;

function isSigned(body, signature) {
  // The key is the whole secret, whsec_ included. `timingSafeEqual` compares in constant time.
  const digest = createHmac("sha256", secret).update(body).digest("hex");
  const [expected, given] = [Buffer.from(`sha256=${digest}`), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function statusOf(body, signature) {
  if (!isSigned(body, signature)) return 401;
  try {
    const { event, data } = JSON.parse(body);
    const { id, hs_code } = data;
    if (!event || !id) return 400;
    // Store the event and answer at once. It may be delivered twice: ignore an id that is stored already.
    console.log(event, id, hs_code?.code_6 ?? "no code");
    return 204;
  } catch {
    return 400;
  }
}

const server = createServer((request, response) => {
  const chunks = [];
  let length = 0;
  request.on("data", (chunk) => {
    length += chunk.length;
    if (length <= MAX_BYTES) chunks.push(chunk);
  });
  request.on("end", () => {
    // Verify the raw bytes: JSON that is parsed and serialized again may differ from the signed bytes.
    const body = Buffer.concat(chunks);
    const signature = request.headers["x-import8-signature"] ?? "";
    response.writeHead(length > MAX_BYTES ? 413 : statusOf(body, signature)).end();
  });
});
server.listen(Number(process.env.PORT ?? 8000), "127.0.0.1");
