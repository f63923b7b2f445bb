"""Layers tests."""
