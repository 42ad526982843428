-- The third-country duties of each imported edition that has measures: the compressed text of
-- `tariff::third_country_text`. It tells how the duty on a code has changed without decoding whole editions. Editions
-- imported before this table are read once by a running server.
CREATE TABLE tariff_duties (
    edition_id INTEGER PRIMARY KEY REFERENCES tariff_editions (id) ON DELETE CASCADE,
    -- Empty for an edition without measures.
    content BLOB NOT NULL
) STRICT;
