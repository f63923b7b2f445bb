"""Unit review tests."""
