"""A Review as text and files; places finished numbers, computes none."""
