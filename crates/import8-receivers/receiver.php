<?php
// Webhook receiver. Run it: IMPORT8_WEBHOOK_SECRET=whsec_… php -S 127.0.0.1:8000 receiver.php
// Answers 204 (valid), 401 (wrong signature), 400 (no event) or 413 (more than MAX_BYTES).
declare(strict_types=1);

const MAX_BYTES = 1_000_000;

function is_signed(string $body, string $signature, string $secret): bool
{
    // The key is the whole secret, whsec_ included. `hash_equals` compares in constant time.
    return hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $signature);
}

function status_of(string $body, string $signature): int
{
    $secret = (string) getenv('IMPORT8_WEBHOOK_SECRET');
    if ($secret === '') {
        error_log('IMPORT8_WEBHOOK_SECRET is not set');
        return 500;
    }
    if (strlen($body) > MAX_BYTES) {
        return 413;
    }
    if (!is_signed($body, $signature, $secret)) {
        return 401;
    }
    $event = json_decode($body, true);
    $data = is_array($event) ? ($event['data'] ?? null) : null;
    if (!isset($event['event'], $data['id'])) {
        return 400;
    }
    // Store the event and answer at once. It may be delivered twice: ignore an id that is stored already.
    error_log("{$event['event']} {$data['id']} " . ($data['hs_code']['code_6'] ?? 'no code'));
    return 204;
}

// Verify the raw bytes: JSON that is parsed and serialized again may differ from the signed bytes.
$body = (string) file_get_contents('php://input', length: MAX_BYTES + 1);
http_response_code(status_of($body, $_SERVER['HTTP_X_IMPORT8_SIGNATURE'] ?? ''));
