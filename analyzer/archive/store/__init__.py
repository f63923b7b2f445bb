"""The store: every judged run, packed to be shown again, beside columns to be asked in SQL."""
