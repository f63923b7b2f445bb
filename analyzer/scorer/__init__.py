"""Measured blocks, judged: one file per question."""
