"""Promises of builders."""
