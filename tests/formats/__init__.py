"""Promises of formats."""
