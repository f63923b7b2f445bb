"""FIT files to an Activity."""
