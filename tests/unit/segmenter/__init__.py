"""Unit segmenter tests."""
