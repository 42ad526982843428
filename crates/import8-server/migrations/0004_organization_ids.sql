-- What tells an organisation from every other one, in this database and in any other, and outlives its
-- name: a random UUID (RFC 9562, version 4).
ALTER TABLE organizations ADD COLUMN public_id TEXT NOT NULL DEFAULT '';

UPDATE organizations SET public_id = lower(
    hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
    || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
);

-- One that is forgotten is found by the second.
CREATE UNIQUE INDEX organizations_by_public_id ON organizations (public_id);
