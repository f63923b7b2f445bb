"""Bytes to an Activity: the only room that has heard of recording formats."""
