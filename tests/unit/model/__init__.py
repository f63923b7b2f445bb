"""Unit model tests."""
