"""Unit prepare tests."""
