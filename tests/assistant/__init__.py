"""Assistant tests."""
