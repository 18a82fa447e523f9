-- The fixed tables of the store. Ledger tables are made from forms/*.toml by store/tables.py.
-- Common subset of SQL: UUID and ISO-date text, integers, CHECKs; no rowid tricks.

-- Every write to a ledger, append-only and hash-chained: audit, undo and merge in one.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY,
    site TEXT NOT NULL,              -- which PC
    hlc TEXT NOT NULL,               -- hybrid logical clock: orders changes even when the clock jumps
    txn TEXT NOT NULL,               -- one officer's action = one transaction = one undo step
    at TEXT NOT NULL,                -- UTC, ISO 8601
    who TEXT NOT NULL,
    verb TEXT NOT NULL,              -- save, import, retire, undo …
    title TEXT NOT NULL,             -- what the undo button says
    ledger TEXT NOT NULL,
    record TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete', 'mark')),
    old TEXT,                        -- JSON of the changed columns before
    new TEXT,                        -- JSON of the changed columns after
    reason TEXT,
    undoes TEXT,                     -- txn that this one takes back (undo) or repeats (redo)
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX change_txn ON change (txn);
CREATE INDEX change_record ON change (ledger, record);
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT) STRICT;

CREATE TABLE definition (              -- which version of each ledger this store was built from
    ledger TEXT PRIMARY KEY, version INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE attachment (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
    sha256 TEXT NOT NULL, content BLOB NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL
) STRICT;

CREATE TABLE check_run (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, ledger TEXT,   -- NULL: all ledgers
    definitions TEXT NOT NULL, head INTEGER NOT NULL, findings INTEGER NOT NULL, seconds REAL NOT NULL
) STRICT;

CREATE TABLE check_run_period (        -- the period a run judged for; none where it judged as of its own day
    run TEXT PRIMARY KEY, period TEXT NOT NULL
) STRICT;

CREATE TABLE finding (
    run TEXT NOT NULL, key TEXT NOT NULL, rule TEXT NOT NULL, level TEXT NOT NULL, ledger TEXT NOT NULL,
    record TEXT NOT NULL, fields TEXT NOT NULL, message TEXT NOT NULL, value TEXT NOT NULL, mend TEXT NOT NULL, basis TEXT NOT NULL
) STRICT;
CREATE INDEX finding_run ON finding (run);

-- An explanation holds for one rule on one record with the values it explained (`key` hashes all three), and for the
-- period it was given in: what went with an earlier period's package is confirmed anew (`INSERT OR REPLACE`) or does not hold.
CREATE TABLE explanation (
    key TEXT PRIMARY KEY, rule TEXT NOT NULL, ledger TEXT NOT NULL, record TEXT NOT NULL, fields TEXT NOT NULL,
    value TEXT NOT NULL, text TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE TABLE import_layout (           -- mapping of headings to fields, remembered per layout
    fingerprint TEXT NOT NULL, ledger TEXT NOT NULL, mapping TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (fingerprint, ledger)
) STRICT;

CREATE TABLE import_batch (
    id TEXT PRIMARY KEY, ledger TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,
    new INTEGER NOT NULL, changed INTEGER NOT NULL, same INTEGER NOT NULL, rejected INTEGER NOT NULL
) STRICT;

CREATE TABLE submission (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, period TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    prev_sha256 TEXT, at TEXT NOT NULL, who TEXT NOT NULL, head TEXT NOT NULL, state TEXT NOT NULL
) STRICT;

-- The figures a package was signed with: later figures are held against them (X39, X40). `reading` as it was chosen then.
CREATE TABLE submission_figure (
    submission TEXT NOT NULL, id TEXT NOT NULL, numerator INTEGER NOT NULL, denominator INTEGER, year_to_date INTEGER,
    reading TEXT NOT NULL, PRIMARY KEY (submission, id)
) STRICT;

-- What a package is besides. `amends` names the package it corrects; `masked` 0: numbers of persons in full, by the officer's choice.
CREATE TABLE submission_fact (
    submission TEXT PRIMARY KEY, kind TEXT NOT NULL, amends TEXT, reason TEXT NOT NULL, masked INTEGER NOT NULL,
    folder TEXT NOT NULL,              -- where it was put
    carried TEXT NOT NULL              -- the file to carry: the package itself, or the encrypted one
) STRICT;

-- Every step of a period's report, append-only; the report stands where the last row says. `head` is the log's number then.
CREATE TABLE report_step (
    seq INTEGER PRIMARY KEY, period TEXT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, submission TEXT,
    at TEXT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE INDEX report_step_period ON report_step (period);
CREATE TRIGGER report_step_no_update BEFORE UPDATE ON report_step BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
CREATE TRIGGER report_step_no_delete BEFORE DELETE ON report_step BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;

-- Why a ledger is empty in a period (零报告); asked before a package is made.
CREATE TABLE zero_note (
    period TEXT NOT NULL, ledger TEXT NOT NULL, text TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (period, ledger)
) STRICT;

-- The district's answers as they came in, and what they ask to be mended. `head` is the log's number when it came.
CREATE TABLE receipt_in (
    id TEXT PRIMARY KEY, submission TEXT NOT NULL, period TEXT NOT NULL, verdict TEXT NOT NULL, received_at TEXT NOT NULL,
    next_seq INTEGER NOT NULL, head_sha256 TEXT, note TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, head INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE receipt_remark (
    receipt TEXT NOT NULL, number INTEGER NOT NULL, member TEXT NOT NULL, ledger TEXT NOT NULL, record TEXT NOT NULL,
    field TEXT NOT NULL, rule TEXT NOT NULL, message TEXT NOT NULL, severity TEXT NOT NULL, PRIMARY KEY (receipt, number)
) STRICT;

-- Typing chosen fields a second time (双录). `fields` is JSON, in the order typed; `rekey_row` the records in the order shown.
CREATE TABLE rekey_round (
    id TEXT PRIMARY KEY, ledger TEXT NOT NULL, fields TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, closed_at TEXT
) STRICT;
CREATE TABLE rekey_row (
    round TEXT NOT NULL, place INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (round, record)
) STRICT;

-- One cell as the second reader typed it. From `agrees` on empty until it is compared; `value`, `first` and `kept` are JSON
-- [stored value, unreadable text]. The cell is verified as long as the record holds `kept`: another value voids it.
CREATE TABLE rekey_entry (
    round TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL, typed TEXT NOT NULL, value TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL,
    agrees INTEGER,                  -- 0: differs, 1: the same, 2: the same in another spelling
    first TEXT, first_at TEXT, first_who TEXT, kept TEXT,
    choice TEXT CHECK (choice IN ('first', 'second', 'anew')), chosen_at TEXT, chosen_by TEXT,
    PRIMARY KEY (round, record, field)
) STRICT;
CREATE INDEX rekey_entry_record ON rekey_entry (record);
