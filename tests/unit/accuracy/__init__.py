"""Unit accuracy tests."""
