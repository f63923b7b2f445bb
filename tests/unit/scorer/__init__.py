"""Unit scorer tests."""
