"""Promises progcheck keeps."""
