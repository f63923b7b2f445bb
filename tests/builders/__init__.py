"""Runs with a known truth, and writers of files by another hand than the readers."""
