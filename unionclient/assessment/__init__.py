"""What the ledgers amount to: figures against targets, home evaluations, member ballots.

Reads through a connection it is given and writes nothing; the definitions live in `forms/`
(`sets.sql`, `700_indicators.toml`, `750_sheet_home.toml`).
"""
