"""Measurements of the main job against yardsticks run in the same process; see docs/benchmarks.md."""
