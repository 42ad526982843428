-- Customs rates of exchange: units of a currency per euro, each for a month.
CREATE TABLE exchange_rates (
    -- ISO 4217.
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    -- The first day of the month in which the rate applies (ISO 8601).
    month TEXT NOT NULL CHECK (month LIKE '____-__-01'),
    -- An exact decimal.
    per_euro TEXT NOT NULL,
    -- The day on which the European Central Bank published it; NULL for a table of the organisation's own.
    published TEXT,
    imported_at INTEGER NOT NULL,
    PRIMARY KEY (currency, month)
) STRICT, WITHOUT ROWID;
