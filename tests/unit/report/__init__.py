"""Promises of report."""
