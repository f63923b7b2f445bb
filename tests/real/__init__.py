"""Real tests."""
