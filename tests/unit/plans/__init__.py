"""Promises of plans."""
