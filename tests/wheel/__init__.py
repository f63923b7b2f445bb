"""The wheel, alone."""
