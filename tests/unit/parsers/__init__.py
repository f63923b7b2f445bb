"""Promises of parsers."""
