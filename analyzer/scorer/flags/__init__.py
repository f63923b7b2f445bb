"""Findings about the runner, one file per code."""
