"""Promises of property."""
