"""Workbooks in and out: how Excel and WPS see a ledger.

In: `reader` → `layout` → `importer` (a plan, nothing written) → `corrections`. Out: `writer`.
Knows ledgers and values only; the store stands behind a small protocol that the caller supplies.
"""
