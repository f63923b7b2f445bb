"""The version of progcheck; nothing else may load with it."""

__version__ = "0.1.0"
