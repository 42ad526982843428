-- Imported editions of the tariff. Each is one value: the compressed JSON of `import8_tariff::Edition`, so that it is
-- there as a whole or not at all. A number is never given again.
CREATE TABLE tariff_editions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the JSON: the same edition is stored once.
    digest BLOB NOT NULL UNIQUE,
    publication TEXT NOT NULL,
    day TEXT NOT NULL,
    lines INTEGER NOT NULL,
    measures INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    -- The report of its import, as JSON.
    report TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

-- What came into force, in order; the last row is in force, and without a row the built-in tariff is. Rows stay when an
-- edition is removed, so `edition_id` is no foreign key.
CREATE TABLE tariff_in_force (
    seq INTEGER PRIMARY KEY,
    -- NULL: the built-in tariff.
    edition_id INTEGER,
    -- The row that going back from this one returns to; NULL: the built-in tariff, without a row.
    before INTEGER REFERENCES tariff_in_force (seq),
    since INTEGER NOT NULL
) STRICT;
