-- The index of what was consolidated: made from the accepted packages alone, thrown away and made anew at will.

CREATE TABLE package (
    sha256 TEXT PRIMARY KEY, package_id TEXT NOT NULL, street TEXT NOT NULL, street_name TEXT NOT NULL, period TEXT NOT NULL,
    seq INTEGER NOT NULL, kind TEXT NOT NULL, created_at TEXT NOT NULL, definitions TEXT NOT NULL,
    current INTEGER NOT NULL,        -- 1: the highest number of its street and period
    shelf TEXT NOT NULL,             -- the folder of its ledgers
    file TEXT NOT NULL, stamp TEXT NOT NULL   -- under accepted/, size and time of change: whether to read it again
) STRICT;
CREATE INDEX package_period ON package (period, current, street);

CREATE TABLE figure (                -- as signed, and as counted again from the rows
    package TEXT NOT NULL, id TEXT NOT NULL, numerator INTEGER NOT NULL, denominator INTEGER, year_to_date INTEGER,
    again_numerator INTEGER, again_denominator INTEGER, again_year_to_date INTEGER, PRIMARY KEY (package, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (               -- settings that figures rest on, as the street chose them
    package TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (package, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_rows (package TEXT NOT NULL, ledger TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (package, ledger)) STRICT, WITHOUT ROWID;
