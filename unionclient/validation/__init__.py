"""Is it right: row rules, cross-ledger checks, explanations. Reads records and definitions, writes nothing."""
