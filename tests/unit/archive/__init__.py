"""Tests of batches, stores and what is asked of them."""
