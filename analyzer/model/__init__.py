"""Data that can describe itself; no algorithms."""
