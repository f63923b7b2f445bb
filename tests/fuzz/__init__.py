"""Mutants of good files."""
