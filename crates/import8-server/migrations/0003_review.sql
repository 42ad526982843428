-- What a reviewer looks for: the answers that are least sure, and those that a mistake costs most.

-- Whether there is a verdict; kept in the transaction that keeps the verdict, so that rows without one
-- are found in an index.
ALTER TABLE classifications ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0 CHECK (reviewed IN (0, 1));
UPDATE classifications SET reviewed = 1 WHERE seq IN (SELECT classification_seq FROM feedback);

-- What a wrong code would cost, in hundredths of the currency, where that is known.
ALTER TABLE classifications ADD COLUMN at_stake_cents INTEGER CHECK (at_stake_cents >= 0);
ALTER TABLE classifications ADD COLUMN at_stake_currency TEXT
    CHECK ((at_stake_cents IS NULL) = (at_stake_currency IS NULL));

-- The other side of the confidence: from the most of it down, what has none comes last by itself.
ALTER TABLE classifications ADD COLUMN doubt INTEGER GENERATED ALWAYS AS (100 - confidence) VIRTUAL;

-- A list in one of these orders is walked and never sorted, whatever is left out of it. The last two
-- columns are what a reviewer's list leaves out by, so that it is counted without reading the rows.
CREATE INDEX classifications_by_doubt ON classifications (organization_id, doubt, number, status, reviewed);
CREATE INDEX classifications_by_stake
    ON classifications (organization_id, at_stake_cents, number, status, reviewed);
CREATE INDEX classifications_reviewed ON classifications (organization_id, number) WHERE reviewed = 1;
