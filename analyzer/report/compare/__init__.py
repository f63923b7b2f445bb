"""Runs of one plan side by side, in every form."""
