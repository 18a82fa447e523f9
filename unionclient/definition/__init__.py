"""Floor 1: what a ledger, field, rule, indicator, score sheet and form is; values; Issue.

Knows no database, no window and no file format but the definitions' own TOML and SQL.
"""
