-- Times are milliseconds since 1970 (UTC). A credit is money: the checks below are the last line
-- of its defence, behind the transactions of the code.

CREATE TABLE organizations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT,
    country TEXT NOT NULL,
    plan_name TEXT NOT NULL,
    plan_limit INTEGER NOT NULL CHECK (plan_limit >= 0),
    rate_limit_per_minute INTEGER NOT NULL CHECK (rate_limit_per_minute > 0),
    max_api_keys INTEGER NOT NULL CHECK (max_api_keys > 0),
    created_at INTEGER NOT NULL
) STRICT;

-- The key itself is shown once and never kept: only its SHA-256, and enough to tell keys apart.
CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    last_four TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE credit_balances (
    id INTEGER PRIMARY KEY,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    purchased INTEGER NOT NULL CHECK (purchased >= 0),
    used INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND purchased),
    expires_at INTEGER NOT NULL
) STRICT;

-- A row is accepted work: it exists exactly when a credit of `balance_id` was taken for it, and
-- that credit is given back exactly when it fails.
CREATE TABLE classifications (
    -- The order of acceptance; newest first is the order of the history.
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    balance_id INTEGER NOT NULL REFERENCES credit_balances (id),
    status TEXT NOT NULL CHECK (status IN ('pending', 'completed', 'failed')),
    -- The request as JSON, and the language its answer is wanted in (`en`, `nl`).
    request TEXT NOT NULL,
    language TEXT NOT NULL,
    product_summary TEXT NOT NULL,
    -- Bare digits, the most that are known.
    hs_code TEXT,
    confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
    -- The rest of the answer as JSON.
    outcome TEXT,
    created_at INTEGER NOT NULL,
    completed_at INTEGER,
    CHECK ((status = 'pending') = (completed_at IS NULL)),
    CHECK ((status = 'completed') = (hs_code IS NOT NULL))
) STRICT;

CREATE INDEX classifications_of_organization ON classifications (organization_id, seq);
CREATE INDEX classifications_at_work ON classifications (seq) WHERE status = 'pending';
