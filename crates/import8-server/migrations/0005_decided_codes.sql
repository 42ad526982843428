-- The code that counts for a product, as bare digits: the one that a person gave, else the classifier's as
-- deep as it goes. Kept in the transaction that ends a classification or keeps a verdict on it.
ALTER TABLE classifications ADD COLUMN decided_code TEXT;
UPDATE classifications SET decided_code = COALESCE(
    (SELECT corrected_code FROM feedback WHERE classification_seq = classifications.seq),
    REPLACE(json_extract(outcome, '$.hs_code.code_10'), '.', ''),
    hs_code
);
