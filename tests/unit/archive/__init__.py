"""Archive tests."""
