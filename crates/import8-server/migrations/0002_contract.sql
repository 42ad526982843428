-- The rest of the contract: batches, pictures, verdicts, webhooks, repeated requests, several keys.

-- Classifications are numbered within their organisation, without gaps and for ever. Page p of the
-- history is then a range of numbers, found in the index at once however deep it is.
ALTER TABLE organizations ADD COLUMN classification_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN image_bytes INTEGER NOT NULL DEFAULT 0 CHECK (image_bytes >= 0);

-- Made anew with AUTOINCREMENT: a key's number is never given to another one, so that a revocation
-- that is sent twice cannot hit the next key.
CREATE TABLE numbered_api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    last_four TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;
INSERT INTO numbered_api_keys (id, organization_id, name, hash, last_four, created_at)
SELECT id, organization_id, name, hash, last_four, created_at FROM api_keys;
DROP TABLE api_keys;
ALTER TABLE numbered_api_keys RENAME TO api_keys;

CREATE INDEX api_keys_of_organization ON api_keys (organization_id);
CREATE INDEX credit_balances_of_organization ON credit_balances (organization_id, expires_at);

CREATE TABLE batches (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    total INTEGER NOT NULL CHECK (total > 0),
    created_at INTEGER NOT NULL
) STRICT;

ALTER TABLE classifications ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE classifications ADD COLUMN batch_seq INTEGER REFERENCES batches (seq);

UPDATE classifications SET number = numbered.number
FROM (
    SELECT seq, ROW_NUMBER() OVER (PARTITION BY organization_id ORDER BY seq) AS number FROM classifications
) AS numbered
WHERE classifications.seq = numbered.seq;

UPDATE organizations SET classification_count =
    (SELECT COUNT(*) FROM classifications WHERE organization_id = organizations.id);

DROP INDEX classifications_of_organization;
DROP INDEX classifications_at_work;
CREATE INDEX classifications_at_work ON classifications (organization_id, seq) WHERE status = 'pending';
CREATE INDEX classifications_failed ON classifications (organization_id, number) WHERE status = 'failed';
CREATE UNIQUE INDEX classifications_by_number ON classifications (organization_id, number);
CREATE INDEX classifications_by_time ON classifications (organization_id, created_at, status);
CREATE INDEX classifications_of_batch ON classifications (batch_seq, seq) WHERE batch_seq IS NOT NULL;

-- How many classifications were asked for on a day (UTC, days since 1970) and did not fail: the
-- plan's usage without counting the history.
CREATE TABLE daily_usage (
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    day INTEGER NOT NULL,
    classifications INTEGER NOT NULL CHECK (classifications >= 0),
    PRIMARY KEY (organization_id, day)
) STRICT, WITHOUT ROWID;

INSERT INTO daily_usage (organization_id, day, classifications)
SELECT organization_id, created_at / 86400000, COUNT(*) FROM classifications
WHERE status <> 'failed' GROUP BY organization_id, created_at / 86400000;

-- The words that a history is searched by. Contentless: the words themselves are in the row.
CREATE VIRTUAL TABLE classification_words
USING fts5 (organization, words, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO classification_words (rowid, organization, words)
SELECT seq, organization_id, product_summary FROM classifications;

-- Pictures have a table of their own, so that reading a list never reads past them.
CREATE TABLE images (
    classification_seq INTEGER NOT NULL REFERENCES classifications (seq),
    -- From 1, in the order of the request.
    position INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (classification_seq, position)
) STRICT;

-- The verdict of a reviewer, the newest only. A new one gets a new `seq`, so the worker sees it.
CREATE TABLE feedback (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    classification_seq INTEGER NOT NULL UNIQUE REFERENCES classifications (seq),
    status TEXT NOT NULL CHECK (status IN ('confirmed', 'corrected')),
    corrected_code TEXT,
    created_at INTEGER NOT NULL,
    CHECK ((status = 'corrected') = (corrected_code IS NOT NULL))
) STRICT;

-- The secret signs deliveries, so it has to be kept as it is. It is answered once.
CREATE TABLE webhooks (
    organization_id INTEGER PRIMARY KEY REFERENCES organizations (id),
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A delivery is made in the transaction that ends its classification, so neither is without the
-- other.
CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    classification_seq INTEGER NOT NULL UNIQUE REFERENCES classifications (seq),
    event TEXT NOT NULL,
    -- What is signed and sent, byte for byte the same in every attempt.
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'abandoned')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
) STRICT;

CREATE INDEX deliveries_waiting ON deliveries (organization_id, next_attempt_at) WHERE state = 'waiting';
CREATE INDEX deliveries_of_organization ON deliveries (organization_id, seq);

CREATE TABLE delivery_attempts (
    delivery_seq INTEGER NOT NULL REFERENCES deliveries (seq),
    -- From 1.
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    -- The receiver's answer, or why there was none.
    status INTEGER,
    error TEXT,
    milliseconds INTEGER NOT NULL,
    attempted_at INTEGER NOT NULL,
    PRIMARY KEY (delivery_seq, number)
) STRICT;

-- What was answered to a POST that carried an `Idempotency-Key`. Of both only hashes are kept.
CREATE TABLE idempotency_keys (
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, key_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
