-- The district's book: what was received and what was answered. Beside the fixed tables of db/schema.sql, in the district's folder only.

CREATE TABLE IF NOT EXISTS received (
    sha256 TEXT PRIMARY KEY,         -- of the package, as signed (inside the envelope, where it came encrypted)
    package_id TEXT NOT NULL, street TEXT NOT NULL, street_name TEXT NOT NULL, period TEXT NOT NULL, seq INTEGER NOT NULL,
    kind TEXT NOT NULL, prev_sha256 TEXT, amends TEXT,   -- digest of the package it corrects
    file TEXT NOT NULL, size INTEGER NOT NULL,
    signer TEXT NOT NULL,            -- SHA-256 of the certificate
    created_at TEXT NOT NULL,        -- as the package says
    received_at TEXT NOT NULL, who TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'returned')),
    checks TEXT NOT NULL,            -- JSON: [[id, result, detail], …]
    answered_at TEXT, answered_by TEXT, receipt TEXT, note TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS received_street ON received (street, seq);

CREATE TABLE IF NOT EXISTS remark (    -- what the district asks to be mended; sent with the return
    id INTEGER PRIMARY KEY, package TEXT NOT NULL, member TEXT NOT NULL, sheet TEXT NOT NULL, row_key TEXT NOT NULL,
    cell TEXT NOT NULL, message TEXT NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS remark_package ON remark (package);
